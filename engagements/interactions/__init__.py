"""What happened between the sides: the composer, planned meetings, drafts."""
