import { FileError } from "../../errors.ts";

/** An HDF5 file takes data from another file, which is not read. */
export class ExternalData extends FileError {}
