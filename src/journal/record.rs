//! Records as bytes: a mark, the length, a checksum, the content. A page that was cut anywhere, or whose
//! bytes went bad, still gives every record that is whole.

use sha2::{Digest, Sha256};

/// Begins every record, so that reading can go on behind a broken one.
const MARK: &[u8; 4] = b"hjr1";
const CHECK: usize = 8;
/// Bytes before the content.
const HEAD: usize = MARK.len() + 4 + CHECK;
/// Longest content, in bytes; what claims to be longer is no record.
pub const LONGEST: usize = 1024 * 1024;

/// What was found at a place of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A whole record.
    Record(&'a [u8]),
    /// Bytes that are no record: a torn end, or damage.
    Unreadable(&'a [u8]),
}

/// Puts a record behind `out`. One longer than [`LONGEST`] would not be read again; false: it was not put.
pub fn write(out: &mut Vec<u8>, content: &[u8]) -> bool {
    let Some(length) = u32::try_from(content.len()).ok().filter(|_| content.len() <= LONGEST) else {
        return false;
    };
    out.extend_from_slice(MARK);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&checksum(content));
    out.extend_from_slice(content);
    true
}

/// Everything in `bytes` in order, each piece with the place where it ends.
pub fn read(bytes: &[u8]) -> Vec<(usize, Piece<'_>)> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let next = (at..bytes.len()).find_map(|start| whole(&bytes[start..]).map(|content| (start, content)));
        let start = next.map_or(bytes.len(), |(start, _)| start);
        if start > at {
            pieces.push((start, Piece::Unreadable(&bytes[at..start])));
        }
        at = start;
        if let Some((_, content)) = next {
            at += HEAD + content.len();
            pieces.push((at, Piece::Record(content)));
        }
    }
    pieces
}

/// The content of the record that `bytes` begin with.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(MARK)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (check, rest) = rest.split_first_chunk::<CHECK>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok().filter(|length| *length <= LONGEST)?;
    let content = rest.get(..length)?;
    (checksum(content) == *check).then_some(content)
}

fn checksum(content: &[u8]) -> [u8; CHECK] {
    let mut check = [0; CHECK];
    check.copy_from_slice(&Sha256::digest(content)[..CHECK]);
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(records: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = Vec::new();
        assert!(records.iter().all(|record| write(&mut bytes, record)));
        bytes
    }

    fn whole_ones(bytes: &[u8]) -> Vec<Vec<u8>> {
        let pieces = read(bytes).into_iter();
        pieces
            .filter_map(|(_, piece)| match piece {
                Piece::Record(content) => Some(content.to_vec()),
                Piece::Unreadable(_) => None,
            })
            .collect()
    }

    proptest! {
        #[test]
        fn a_page_cut_anywhere_gives_the_records_before_the_cut(
            records in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 1..8),
            cut in any::<proptest::sample::Index>(),
        ) {
            let bytes = page(&records);
            let cut = cut.index(bytes.len() + 1);
            let mut end = 0;
            let before = records.iter().take_while(|record| { end += HEAD + record.len(); end <= cut }).count();
            prop_assert_eq!(whole_ones(&bytes[..cut]), records[..before].to_vec());
            let told: usize = read(&bytes[..cut]).last().map_or(0, |(end, _)| *end);
            prop_assert_eq!(told, cut);
        }

        #[test]
        fn a_bad_byte_costs_one_record(
            records in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..60), 2..8),
            at in any::<proptest::sample::Index>(),
        ) {
            let mut bytes = page(&records);
            let at = at.index(bytes.len());
            bytes[at] ^= 0x55;
            let found = whole_ones(&bytes);
            prop_assert_eq!(found.len(), records.len() - 1);
            prop_assert!(found.iter().all(|record| records.contains(record)));
        }

        #[test]
        fn any_bytes_are_read_to_their_end(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let total: usize = read(&bytes).iter().map(|(_, piece)| match piece {
                Piece::Record(content) => HEAD + content.len(),
                Piece::Unreadable(bytes) => bytes.len(),
            }).sum();
            prop_assert_eq!(total, bytes.len());
        }
    }

    #[test]
    fn a_record_that_would_not_be_read_again_is_not_written() {
        let mut out = Vec::new();
        assert!(!write(&mut out, &vec![0; LONGEST + 1]) && out.is_empty());
    }
}
