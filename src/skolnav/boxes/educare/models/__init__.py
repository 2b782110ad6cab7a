"""The tables of Fritidshem, a noun each."""

BOX = "educare"
