"""Brands (品牌): recognisable names that grow out of projects."""
