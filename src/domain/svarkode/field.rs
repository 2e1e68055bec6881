//! The field of 32 numbers: addition is exclusive or, multiplication is that of polynomials modulo x⁵ + x² + 1.

/// Of two numbers of the field their product.
const fn product(one: u8, other: u8) -> u8 {
    let (mut sum, mut shifted, mut rest) = (0, one, other);
    while rest > 0 {
        if rest & 1 == 1 {
            sum ^= shifted;
        }
        shifted <<= 1;
        if shifted & 0b10_0000 > 0 {
            shifted ^= 0b10_0101;
        }
        rest >>= 1;
    }
    sum
}

/// A symbol at a place, by the weight of the place: a number of its own for each, and never 0.
#[allow(clippy::cast_possible_truncation, reason = "a code has at most 31 symbols")]
pub(super) const fn weight(place: usize, symbol: u8) -> u8 {
    product(place as u8 + 1, symbol)
}

/// The weighted sum of symbols.
pub(super) fn weighted(symbols: &[u8]) -> u8 {
    symbols.iter().enumerate().fold(0, |sum, (place, symbol)| sum ^ weight(place, *symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflection_it_is_a_field() {
        for one in 0..32 {
            let products: std::collections::BTreeSet<u8> = (0..32).map(|other| product(one, other)).collect();
            assert_eq!(products.len(), if one == 0 { 1 } else { 32 }, "every number but 0 can be divided by");
            for (other, third) in (0..32).flat_map(|other| (0..32).map(move |third| (other, third))) {
                assert_eq!(product(one, other ^ third), product(one, other) ^ product(one, third));
            }
        }
    }
}
