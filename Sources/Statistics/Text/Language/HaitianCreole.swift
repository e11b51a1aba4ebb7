/// Tells Haitian Creole by words that no other language written in Latin letters shares with it in number.
///
/// There is no freely licensed profile of it here; three different words of the list that make up a fifth of a text are
/// enough. Own list, checked on a handful of sentences only: treat the answer as a hint for routing to an interpreter.
enum HaitianCreole {
    private static let words: Set<String> = [
        "mwen", "pou", "nan", "yo", "gen", "pèsonn", "kote", "avèk", "anpil", "jwenn", "fè", "moun", "lè", "konnen",
        "bezwen", "vle", "nou", "sèvis", "rele", "dosye", "epi", "pa", "te", "ki", "ap", "tann", "kijan", "poukisa",
        "kounye", "mesi", "lajan", "biwo", "papye", "repons", "li", "ou", "ka", "sou", "ak", "deja",
    ]
    /// Words that hardly occur elsewhere: one of them has to be there.
    private static let telling: Set<String> = [
        "mwen", "pèsonn", "avèk", "anpil", "jwenn", "moun", "konnen", "bezwen", "sèvis", "dosye", "kijan", "poukisa",
        "kounye", "mesi", "biwo", "papye", "repons", "kote", "nou", "yo",
    ]

    static func isLikely(_ text: String) -> Bool {
        let tokens = text.lowercased().split { !$0.isLetter }.map(String.init)
        guard tokens.count >= 4 else { return false }
        let hits = tokens.filter { words.contains($0) }
        let distinct = Set(hits)
        return distinct.count >= 4 && hits.count * 10 >= tokens.count * 3
            && distinct.count(where: telling.contains) >= 2
    }
}
