//! Chance for the front door: passwords and tokens that a person or another program copies.

use rand::seq::IndexedRandom;

/// Letters and digits that are not mistaken for one another when read out.
const READABLE: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A text of `length` readable letters and digits; each carries almost five bits.
pub(crate) fn readable(length: usize) -> String {
    let mut chance = rand::rng();
    (0..length).filter_map(|_| READABLE.choose(&mut chance)).map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_texts_have_their_length_and_differ() {
        let (one, other) = (readable(20), readable(20));
        assert_eq!((one.len(), other.len()), (20, 20));
        assert_ne!(one, other);
        assert!(one.bytes().all(|letter| READABLE.contains(&letter)));
    }
}
