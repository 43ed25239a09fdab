"""What the proofreader found, for other programs and for the desk: SARIF, annotations, proof sheets, the manual of the rules."""
