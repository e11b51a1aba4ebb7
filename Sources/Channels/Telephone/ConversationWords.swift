internal import Experience

/// What is said in a conversation besides the form's own questions.
package enum ConversationWords {
    static func text(_ en: String, _ es: String) -> LocalText { LocalText(en: en, es: es) }

    static let faces = text("Reply 1 to 5: 1 very bad, 5 very good.", "Responda de 1 a 5: 1 muy mal, 5 muy bien.")
    static let stars = text("Reply 1 to 5 stars.", "Responda de 1 a 5 estrellas.")
    static let agreement = text(
        "Reply 1 to 5: 1 strongly disagree, 5 strongly agree.",
        "Responda de 1 a 5: 1 muy en desacuerdo, 5 muy de acuerdo.")
    static let thumbs = text("Reply 1 for yes, 2 for no.", "Responda 1 para sí, 2 para no.")
    static let single = text("Reply with a number:", "Responda con un número:")
    static let multiple = text(
        "Reply with one or more numbers, such as 1 3:", "Responda con uno o más números, por ejemplo 1 3:")
    static let number = text("Reply with a number.", "Responda con un número.")
    static let date = text(
        "Reply with a date as year-month-day, such as 2026-04-14.",
        "Responda con una fecha como año-mes-día, por ejemplo 2026-04-14.")
    static let words = text("Reply in your own words.", "Responda con sus propias palabras.")
    static let skip = text("Reply SKIP to go on without answering.", "Responda OMITIR para seguir sin responder.")

    static let keyFaces = text(
        "Press a key from 1 to 5. 1 is very bad, 5 is very good.",
        "Pulse una tecla del 1 al 5. 1 es muy mal, 5 es muy bien.")
    static let keyAgreement = text(
        "Press a key from 1 to 5. 1 is strongly disagree, 5 is strongly agree.",
        "Pulse una tecla del 1 al 5. 1 es muy en desacuerdo, 5 es muy de acuerdo.")
    static let keyThumbs = text("Press 1 for yes, 2 for no.", "Pulse 1 para sí, 2 para no.")
    static let keyNumber = text("Type the number, then the pound key.", "Marque el número y después la tecla numeral.")
    static let keySkip = text("Press 0 to go on without answering.", "Pulse 0 para seguir sin responder.")

    static func key(_ number: Int, _ title: LocalText) -> LocalText {
        text("For \(title.en), press \(number).", "Para \(title.es), pulse \(number).")
    }

    static let notUnderstood = text("We could not read that.", "No pudimos leer eso.")
    static let thanks = text(
        "Thank you. Your answers were received.", "Gracias. Recibimos sus respuestas.")
    static let stopped = text(
        "You will get no more questions from us. Reply START to begin again.",
        "No le haremos más preguntas. Responda INICIAR para empezar de nuevo.")
    static let started = text(
        "You may get questions from us again. Reply STOP to end.",
        "Podemos volver a hacerle preguntas. Responda ALTO para terminar.")
    static let ends = text("Reply STOP to end.", "Responda ALTO para terminar.")

    static func help(_ agency: LocalText) -> LocalText {
        text(
            "\(agency.en): questions about your visit or request. Reply STOP to end, START to begin again. "
                + "Message and data rates may apply.",
            "\(agency.es): preguntas sobre su visita o solicitud. Responda ALTO para terminar, INICIAR para empezar de "
                + "nuevo. Pueden aplicarse tarifas de mensajes y datos.")
    }

    static func unknown(_ keywords: [String]) -> LocalText {
        let list = keywords.joined(separator: ", ")
        return list.isEmpty
            ? text("There is nothing to answer here now.", "No hay nada que responder aquí por ahora.")
            : text("Reply with one of these words: \(list).", "Responda con una de estas palabras: \(list).")
    }
}
