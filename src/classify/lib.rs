//! Request type, category, severity and urgency with reasons.
