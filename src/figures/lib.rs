//! The catalogue of figures: formula, fold, table, chart.
