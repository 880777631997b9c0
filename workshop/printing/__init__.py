"""What goes through a printer, as PDF."""
