"""One module for each part of a version's folder; each has generate(folder) and returns its number of failures."""
