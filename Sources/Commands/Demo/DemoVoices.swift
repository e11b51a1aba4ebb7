import Experience

/// What simulated people write: short sentences of our own, put together by how it went.
enum DemoVoices {
    private static let kept: [Language: [String]] = [
        .en: [
            "It came on the day you said.", "Quick and clear from start to finish.",
            "I knew what would happen next all the time.", "The tracking page answered everything.",
            "Easier than I feared.", "Good service, thank you.",
        ],
        .es: [
            "Llegó el día que dijeron.", "Rápido y claro de principio a fin.", "Más fácil de lo que temía.",
            "Buen servicio, gracias.",
        ],
    ]
    private static let late: [Language: [String]] = [
        .en: [
            "The date passed and nobody told me.", "I was promised a day and it was not kept.",
            "Weeks late, and no explanation.", "I had to change my plans because it was late.",
            "The date moved and moved again.",
        ],
        .es: [
            "Pasó la fecha y nadie me avisó.", "Me prometieron un día y no lo cumplieron.",
            "Semanas de retraso y sin explicación.",
        ],
    ]
    private static let chased: [Language: [String]] = [
        .en: [
            "I called several times to find out where it was.", "On the phone each person told me something else.",
            "I waited on hold for an hour just to ask about the status.",
        ],
        .es: ["Llamé varias veces para saber dónde estaba.", "Por teléfono cada persona me dijo algo distinto."],
    ]
    private static let faulty: [Language: [String]] = [
        .en: [
            "What arrived was not what I asked for.", "It came damaged and I have to send it back.",
            "There is a mistake in it, so I start over.",
        ],
        .es: ["Lo que llegó no era lo que pedí.", "Llegó dañado y tengo que devolverlo."],
    ]
    private static let refused: [Language: [String]] = [
        .en: [
            "I still do not understand why I was turned down.", "The letter does not say what I could do now.",
            "Nobody asked for my side before deciding.",
        ],
        .es: ["Todavía no entiendo por qué me lo negaron.", "La carta no dice qué puedo hacer ahora."],
    ]
    private static let middling: [Language: [String]] = [
        .en: ["It was all right.", "The form asks for the same thing twice.", "Too many steps for a simple thing."],
        .es: ["Estuvo bien.", "El formulario pide lo mismo dos veces."],
    ]

    static func sentence(
        for treatment: ServiceSimulation.Treatment, rating: Int64, chased wasChased: Bool, faulty isFaulty: Bool,
        refused isRefused: Bool, _ language: Language, _ random: inout DemoRandom
    ) -> String {
        var said: [String] = []
        func add(_ choices: [Language: [String]]) {
            guard let sentences = choices[language], !sentences.isEmpty else { return }
            said.append(sentences[random.below(sentences.count)])
        }
        if isRefused, rating <= 3 { add(refused) }
        if isFaulty, rating <= 3 { add(faulty) }
        if treatment == .broken, rating <= 3 { add(late) }
        if wasChased, rating <= 3, said.count < 2 { add(chased) }
        if said.isEmpty { add(rating >= 4 ? kept : middling) }
        return said.joined(separator: " ")
    }
}
