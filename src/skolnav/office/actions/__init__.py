"""What the office does in one step where core has several: rule, write and audit in one transaction."""
