/** How bad a finding is, the worst last but one: what is damaged says nothing of what its makers meant. */
export type Severity = "harmless" | "unknown" | "suspicious" | "dangerous" | "damaged";

/** A kind of finding. */
export interface Rule {
  readonly severity: Severity;
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What to do, in one sentence. */
  readonly help: string;
}

const trust = "Do not load the file with Python unless you trust whoever made it.";
const own = "Pass the class in customObjects, or onUnknown to keep it as it is.";
const again = "Get the file again, from where it was made.";

/** All that `checkModel` can find, by codes that stay as they are. */
export const rules = {
  "python-code": {
    severity: "dangerous",
    meaning:
      "The config holds code of Python, which some versions of Keras run when they load or call the model.",
    help: "Have it read before it is run; here it is kept and never run.",
  },
  "system-module": {
    severity: "dangerous",
    meaning:
      "A class or function is named that belongs to Python itself or to a package that runs or unpickles what it is given.",
    help: trust,
  },
  "foreign-function": {
    severity: "dangerous",
    meaning: "A function is named together with a module that is not Keras's, which Keras never writes.",
    help: trust,
  },
  "keras-gadget": {
    severity: "dangerous",
    meaning:
      "Something of Keras is named that no model is made of, such as what opens files, loads models or changes settings.",
    help: trust,
  },
  "opens-file": {
    severity: "dangerous",
    meaning: "The config makes Keras open a file or an address, which the file names.",
    help: trust,
  },
  "pickled-module": {
    severity: "dangerous",
    meaning: "The config holds a module of PyTorch as a pickle, which runs what it likes when it is loaded.",
    help: trust,
  },
  "calls-python": {
    severity: "dangerous",
    meaning: "A layer calls functions of Python that are not Keras's.",
    help: trust,
  },
  "pickled-array": {
    severity: "dangerous",
    meaning: "An array of NumPy holds pickled objects, which run what they like when they are loaded.",
    help: "Load it with allow_pickle=False, or not at all.",
  },
  "external-data": {
    severity: "dangerous",
    meaning: "An HDF5 file takes data from other files, whichever it names.",
    help: trust,
  },
  "leaves-folder": {
    severity: "suspicious",
    meaning: "A layer has a name that leads out of a folder, where a program makes a path of it.",
    help: trust,
  },
  "code-in-file": {
    severity: "dangerous",
    meaning: "The file contains code that no Keras writes: of Python, of a system, or a pickle.",
    help: "Remove it, or do not use the file.",
  },
  "yaml-object": {
    severity: "dangerous",
    meaning: "YAML text asks for objects of Python to be made.",
    help: trust,
  },
  "two-files-in-one": {
    severity: "suspicious",
    meaning:
      "The file is an archive and something else at once, so that programs disagree about what is in it.",
    help: "Save the model again, and compare the two.",
  },
  "over-limit": {
    severity: "suspicious",
    meaning:
      "The file asks for far more memory or work than its size bears out, as files do that are made to end a program.",
    help: "Raise the limit that the message names if you trust whoever made the file.",
  },
  "foreign-class": {
    severity: "suspicious",
    meaning: "A class is named with a module that is not Keras's, and was not registered as Keras asks for.",
    help: own,
  },
  "unknown-class": {
    severity: "unknown",
    meaning: "A class is named that nobody here knows.",
    help: own,
  },
  "unknown-function": {
    severity: "unknown",
    meaning: "A function is named that nobody here knows.",
    help: "Pass the function in customObjects, or onUnknown to keep its name as it is.",
  },
  "unknown-key": {
    severity: "unknown",
    meaning: "A config has a key that its class does not have.",
    help: "It may be that of a newer Keras: pass onUnknown to keep it as it is.",
  },
  "unknown-weights": {
    severity: "unknown",
    meaning:
      "Weights are not there, behind something of which nobody here knows what it gives, or of a kind that nobody here computes with.",
    help: "Pass onUnknown to load the model all the same, or the code that is not known here in customObjects.",
  },
  "unknown-member": {
    severity: "unknown",
    meaning: "An archive contains a file that no Keras writes.",
    help: "Save the model again to be rid of it.",
  },
  "not-looked-into": {
    severity: "unknown",
    meaning: "The file is of a known format, but nobody here looks into such files.",
    help: "Check it with a program of its own format.",
  },
  "other-format": {
    severity: "harmless",
    meaning:
      "The file is no .keras file of Keras 3, as the message says; so is whether its model can be used here.",
    help: "Convert it where Keras 3 is to load it.",
  },
  "recorded-training": {
    severity: "harmless",
    meaning:
      "Calls have a training argument that nobody gave, and that later versions of Keras take literally.",
    help: '"ceratops clone --weights copy" leaves it out.',
  },
  "crossed-calls": {
    severity: "harmless",
    meaning:
      "Keras takes calls of shared layers in one model for those in another, and then refuses the file or cannot run the model.",
    help: "Save the model with layers that are not called in both.",
  },
  "not-stored": {
    severity: "harmless",
    meaning:
      "Weights are declared whose numbers are not in the file, so that writing them takes more room than the file has.",
    help: "Save the model again with all its numbers.",
  },
  "not-compared": {
    severity: "harmless",
    meaning: "Some members of an archive are too large, once inflated, to be compared with their checksums.",
    help: "No model needs them.",
  },
  "damaged-bytes": {
    severity: "damaged",
    meaning: "The bytes are not those that were written.",
    help: again,
  },
  "damaged-config": {
    severity: "damaged",
    meaning: "The config is not what its classes take.",
    help: "Load it with the Keras that wrote it, and save it again.",
  },
  "damaged-weights": {
    severity: "damaged",
    meaning: "The weights cannot be read, or do not fit the model.",
    help: again,
  },
  unreadable: {
    severity: "damaged",
    meaning: "The file cannot be opened, or is none that anybody here knows.",
    help: again,
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** The code of a finding. */
export type FindingCode = keyof typeof rules;
