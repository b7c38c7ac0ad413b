"""The pure part: landmarks and settings in, a result out; no disk, no screen, no model, no clock."""
