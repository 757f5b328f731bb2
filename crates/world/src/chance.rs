/// Chance that comes out the same for the same seed.
#[derive(Debug)]
pub(crate) struct Chance(fastrand::Rng);

impl Chance {
    /// The chance of one convention.
    pub(crate) fn new(seed: u64, number: usize) -> Self {
        // Neighbouring numbers must not give alike conventions.
        let mixed = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(fastrand::Rng::with_seed(seed ^ mixed))
    }

    /// A number from `from` to `to`, both included.
    pub(crate) fn between(&mut self, from: i32, to: i32) -> i32 {
        self.0.i32(from..=to.max(from))
    }

    /// So many, for things that are counted.
    pub(crate) fn count(&mut self, from: u16, to: u16) -> usize {
        self.0.u16(from..=to.max(from)).into()
    }

    /// Whether something that happens in so many of a hundred cases happens.
    pub(crate) fn percent(&mut self, of_hundred: u32) -> bool {
        self.0.u32(0..100) < of_hundred
    }

    /// Up to so many days, few more often than many.
    pub(crate) fn soon(&mut self, most: i32) -> i32 {
        self.between(0, most).min(self.between(0, most))
    }

    /// One of several.
    pub(crate) fn one<'a, T, const N: usize>(&mut self, of: &'a [T; N]) -> &'a T {
        &of[self.0.usize(0..N)]
    }

    /// One of a list that may be empty.
    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        if list.is_empty() { None } else { list.get(self.0.usize(0..list.len())) }
    }

    /// So many of a list, each once, in the list's order; all of it if it is shorter.
    pub(crate) fn some<T: Clone>(&mut self, many: usize, of: &[T]) -> Vec<T> {
        let (mut wanted, mut left) = (many.min(of.len()), of.len());
        let mut taken = Vec::with_capacity(wanted);
        for it in of {
            if self.0.usize(0..left) < wanted {
                taken.push(it.clone());
                wanted -= 1;
            }
            left -= 1;
        }
        taken
    }
}
