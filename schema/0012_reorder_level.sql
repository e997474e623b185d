-- What is left before a material is ordered again.

-- Usable stock (accepted, in date, in containers that may still be used) below this: the material waits on the home page. In the
-- unit of the material: nanograms, or a number of articles; NULL when nobody watches it.
ALTER TABLE material ADD COLUMN reorder_level INTEGER CHECK (reorder_level > 0);
