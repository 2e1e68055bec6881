//! Arithmetic in the finite field GF(32). Addition is exclusive or; multiplication is that of polynomials modulo
//! x⁵ + x² + 1.

/// Multiplies two elements of the field.
const fn multiply(one: u8, other: u8) -> u8 {
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

/// Multiplies a symbol by the weight of its position in the code. The weights of all positions are distinct and not 0.
#[allow(clippy::cast_possible_truncation, reason = "a code has at most 31 symbols")]
pub(super) const fn weigh(position: usize, symbol: u8) -> u8 {
    multiply(position as u8 + 1, symbol)
}

/// Returns the weighted sum of the symbols of a code.
pub(super) fn weighted_sum(symbols: &[u8]) -> u8 {
    symbols.iter().enumerate().fold(0, |sum, (position, symbol)| sum ^ weigh(position, *symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiplication_is_invertible_and_distributive() {
        for one in 0..32 {
            let products: std::collections::BTreeSet<u8> = (0..32).map(|other| multiply(one, other)).collect();
            assert_eq!(products.len(), if one == 0 { 1 } else { 32 }, "multiplication by {one} is not invertible");
            for (other, third) in (0..32).flat_map(|other| (0..32).map(move |third| (other, third))) {
                assert_eq!(multiply(one, other ^ third), multiply(one, other) ^ multiply(one, third));
            }
        }
    }
}
