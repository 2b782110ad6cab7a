"""What the boxes that publish share: whom a piece is for, its text, its moment, and who has read it."""
