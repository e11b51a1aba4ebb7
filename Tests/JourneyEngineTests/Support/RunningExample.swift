import JourneyEngine

/// The running example of van der Aalst's book: 42 events of 6 journeys, with the answers of PM4Py, r4pm and polars.
enum RunningExample {
    static let names = [
        "check ticket", "decide", "examine casually", "examine thoroughly", "pay compensation", "register request",
        "reinitiate request", "reject request",
    ]

    /// Journey, activity by letter, minutes after minute 21,561,720 of 1970 UTC, and who.
    private static let text = """
        3 f 212 Pete  3 c 246 Mike  3 a 334 Ellen  3 b 9978 Sara  3 g 10158 Sara
        3 d 10206 Sean  3 a 13003 Pete  3 b 14335 Sara  3 e 23025 Ellen  2 f 32 Mike
        2 a 72 Mike  2 c 196 Sean  2 b 8662 Sara  2 e 13025 Ellen  1 f 2 Pete
        1 d 1386 Sue  1 a 8892 Mike  1 b 10098 Sara  1 h 11724 Pete  6 f 10322 Mike
        6 c 10386 Ellen  6 a 11842 Mike  6 b 11872 Sara  6 e 24527 Mike  5 f 9962 Ellen
        5 c 11476 Mike  5 a 12982 Pete  5 b 15988 Sara  5 g 17598 Sara  5 a 21813 Ellen
        5 c 24770 Mike  5 b 28818 Sara  5 g 30348 Sara  5 c 31566 Sue  5 a 31714 Pete
        5 b 34692 Sara  5 h 36236 Mike  4 f 10322 Pete  4 a 11586 Mike  4 d 13183 Sean
        4 b 14462 Sara  4 h 19004 Ellen
        """

    static var log: EventLog {
        var builder = EventLogBuilder(attributes: [AttributeDeclaration("org:resource", level: .event)])
        let words = text.split { $0 == " " || $0 == "\n" }.map { String($0) }
        for at in stride(from: 0, to: words.count - 3, by: 4) {
            let journey = builder.journey(words[at])
            let letter = Int(words[at + 1].utf8.first ?? 97) - 97
            let minutes = (Int64(words[at + 2]) ?? 0) + 21_561_720
            builder.append(journey: journey, activity: builder.activity(names[letter]), time: minutes * 60_000_000)
            builder.setEvent(0, code: builder.value(0, words[at + 3]))
        }
        return builder.finish()
    }
}
