"""Lists of records in the CMS: columns, filters, order, exports."""
