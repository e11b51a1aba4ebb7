internal import Site

/// What a page's address selects. Named here, where only the site is imported: the analyses have a type of the same
/// name, the filter language of the command line.
typealias PageFilter = JourneyFilter
