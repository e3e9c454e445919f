"""Words as data: lists that a district names, orders and adds to, under codes that never change (ADR 0070)."""
