/// What two published totals give away together.
///
/// If one group lies inside another, the difference of their counts is the count of the rest. Check every new release
/// against past ones: periods, filters and geographies nest.
package struct Differencing: Sendable, Hashable {
    /// The count of those in the whole and not in the part.
    package let implied: Int
    /// 1…k-1: the new figure must not be published as it is.
    package let isDisclosing: Bool

    /// Nil for counts that cannot nest (part above whole, or negative).
    package init?(whole: Int, part: Int, threshold: Int = 11) {
        guard part >= 0, whole >= part else { return nil }
        implied = whole - part
        isDisclosing = implied > 0 && implied < threshold
    }
}
