"""What stands in a text, for rules to compare: paired marks, protected zones, names, numbers, enumerations."""
