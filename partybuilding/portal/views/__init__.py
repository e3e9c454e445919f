"""The portal's views: a form, a service, words to the person; every look-up through `visible_to`."""
