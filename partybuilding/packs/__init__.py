"""Programme packs (方案包): the rules of a year in one file, compared and taken over item by item."""
