import type { SampleName } from "./samples.ts";

/** A public report of a hole in Keras. */
export interface Reported {
  readonly id: string;
  /** The versions that have it, as the source says. */
  readonly keras: string;
  /** What happens there. */
  readonly there: string;
  readonly source: string;
  /** The file that asks for it; or why no model file can. */
  readonly sample: SampleName | { readonly none: string };
}

const cve = (year: number, thousands: string, id: string) =>
  `https://github.com/CVEProject/cvelistV5/blob/main/cves/${year}/${thousands}/${id}.json`;
const pypa = (id: string) => `https://github.com/pypa/advisory-database/blob/main/vulns/keras/${id}.yaml`;
const github = (id: string) => `https://github.com/advisories/${id}`;

const unpacks = {
  none: "It is about archives that a program has `get_file` download and unpack. Nothing here unpacks an archive to disk, or asks for an address that it was not given.",
} as const;

/** Reports of 2024 to 2026 that a source was found for, by their dates. */
export const reported: readonly Reported[] = [
  {
    id: "CVE-2024-3660",
    keras: "before 2.13",
    there: "Code of Python in a Lambda layer is run.",
    source: "https://www.kb.cert.org/vuls/id/253266",
    sample: "lambda",
  },
  {
    id: "CVE-2024-55459",
    keras: "up to 3.7.0",
    there: "A tar archive is unpacked outside its folder. (Keras holds that this is no hole.)",
    source: "https://github.com/keras-team/keras/issues/20766",
    sample: unpacks,
  },
  {
    id: "CVE-2025-1550",
    keras: "3.0 to 3.8",
    there: "Any module that the config names is imported, and what it names of it is called.",
    source: github("GHSA-48g7-3x6r-xfhp"),
    sample: "module",
  },
  {
    id: "CVE-2025-8747",
    keras: "3.0.0 to 3.10.0",
    there: "Functions of Keras itself are called, such as one that downloads and unpacks a file.",
    source: pypa("PYSEC-2025-75"),
    sample: "getFile",
  },
  {
    id: "CVE-2025-9905",
    keras: "3.0.0 to 3.11.2",
    there: "`safe_mode` is not looked at in HDF5 files: code of Python in a Lambda layer is run.",
    source: github("GHSA-36rr-ww3j-vrjv"),
    sample: "lambdaInHdf5",
  },
  {
    id: "CVE-2025-9906",
    keras: "before 3.11.0",
    there: "The config calls the function that switches `safe_mode` off.",
    source: github("GHSA-36fq-jgmw-4r9c"),
    sample: "unsafeSwitch",
  },
  {
    id: "CVE-2025-12058",
    keras: "before 3.12.0",
    there: "A vocabulary is read from any file or address that the config names.",
    source: pypa("PYSEC-2026-1487"),
    sample: "vocabulary",
  },
  {
    id: "CVE-2025-12060",
    keras: "before 3.12.0",
    there: "A tar archive is unpacked outside its folder, by way of long links.",
    source: pypa("PYSEC-2026-1486"),
    sample: unpacks,
  },
  {
    id: "CVE-2025-12638",
    keras: "3.11.3",
    there: "The same, for want of Python's own filter.",
    source: "https://windowsforum.com/threads/keras-tar-extraction-cve-2025-12638-patch-in-3-12-0.392040/",
    sample: unpacks,
  },
  {
    id: "CVE-2025-49655",
    keras: "3.11.0 to 3.11.2",
    there: "A module of PyTorch is unpickled, which runs what it likes.",
    source: cve(2025, "49xxx", "CVE-2025-49655"),
    sample: "torchModule",
  },
  {
    id: "CVE-2026-0897",
    keras: "3.0.0 to 3.13.0",
    there: "Weights that declare a huge shape take all memory.",
    source: cve(2026, "0xxx", "CVE-2026-0897"),
    sample: "hugeShape",
  },
  {
    id: "CVE-2026-1462",
    keras: "before 3.13.2",
    there: "A TFSMLayer opens the SavedModel that the config names, which runs what it likes.",
    source: pypa("PYSEC-2026-2547"),
    sample: "savedModel",
  },
  {
    id: "CVE-2026-1669",
    keras: "3.0.0 to 3.13.1",
    there: "Weights are read from any file that the HDF5 file names.",
    source: cve(2026, "1xxx", "CVE-2026-1669"),
    sample: "externalStorage",
  },
  {
    id: "CVE-2026-12479",
    keras: "3.14.0",
    there: "The name of a layer becomes a path, out of the folder it belongs into.",
    source: cve(2026, "12xxx", "CVE-2026-12479"),
    sample: "layerName",
  },
  {
    id: "CVE-2026-12480",
    keras: "up to 3.13.2, but not 3.12.2",
    there: "As CVE-2026-1669, by virtual datasets.",
    source: cve(2026, "12xxx", "CVE-2026-12480"),
    sample: "virtualDataset",
  },
  {
    id: "CVE-2026-12481",
    keras: "3.14.0",
    there: "Code of Python in a Lambda layer is run where `deserialize` or `clone_model` meets it.",
    source: cve(2026, "12xxx", "CVE-2026-12481"),
    sample: "lambda",
  },
  {
    id: "GHSA-hqp4-2352-xf5r",
    keras: "before 3.14.0",
    there: "An archive is unpacked outside its folder, by way of the folder that the program runs in.",
    source: github("GHSA-hqp4-2352-xf5r"),
    sample: unpacks,
  },
];
