/**
 * Which versions of Keras do what a hostile file asks for, as texts for people. Tried with a release of each minor version
 * from 3.1 to 3.15; 3.0, which cannot be installed beside them, is as 3.1 by its advisories. What needs TensorFlow or
 * PyTorch is what their sources say, and Keras 2 what its advisories say.
 */
export const exposure = {
  /** Import the module that an envelope names, whichever it is. */
  module: "3.0 to 3.8",
  /** Find functions of Keras that open files, load models or change settings. */
  gadget: "3.0 to 3.10, some of them later too",
  /** Run code of Python that stands in a `.keras` file. */
  code: "3.0 and newer with safe_mode=False, 2.12 and older always",
  /** The same in HDF5, where `safe_mode` was not looked at. */
  codeInHdf5: "3.0 to 3.10 and 2.12 and older always, others with safe_mode=False",
  /** Open the SavedModel that a TFSMLayer names. */
  savedModel: "3.0 to 3.13, newer with safe_mode=False",
  /** Unpickle the module that a TorchModuleWrapper holds. */
  pickledModule: "3.0 to 3.10, newer with safe_mode=False",
  /** Read the file that a vocabulary names. */
  vocabulary: "3.0 to 3.11, newer with safe_mode=False",
  /** Make folders and write files where the name of a layer leads: by its advisory, seen in none of those tried. */
  layerName: "3.14, by its advisory",
  /** Call the functions that layers of JAX and Flax name. */
  jax: "3.0 and newer",
  /** Read other files that an HDF5 file names. */
  externalData: "3.0 to 3.13, 2 and older always",
  /** Find a function by its name in a module of Keras 2's Lambda, where the program has it loaded. */
  legacyModule: "2 and older",
  /** Call functions of TensorFlow by their names, as Keras 2 keeps them. */
  tensorflow: "2 with TensorFlow",
  /** Make Python objects of YAML text. */
  yaml: "2.5 and older",
} as const;
