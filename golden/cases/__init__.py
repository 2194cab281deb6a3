"""The tables of cases, one module for each family of layers or kind of object."""
