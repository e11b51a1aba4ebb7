import Experience

func text(_ en: String, _ es: String) -> LocalText { LocalText(en: en, es: es) }

extension Slug: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) {
        guard let slug = Slug(value) else { fatalError("the test's own slug “\(value)” is malformed") }
        self = slug
    }
}

/// Two services that between them have every kind of question.
enum SampleDefinitions {
    static let all = [passport, loan]

    static let passport = ServiceDefinition(
        id: "passport", agency: "consular", agencyName: text("Bureau of Consular Services", "Oficina Consular"),
        title: text("Renew a passport", "Renovar un pasaporte"),
        summary: text(
            "Renew a passport that is lost, full or about to expire. You need your last passport and a photo.",
            "Renueve un pasaporte perdido, lleno o por vencer. Necesita su último pasaporte y una foto."),
        steps: [
            ServiceDefinition.Step(
                id: "submitted", title: text("Application received", "Solicitud recibida"), by: .person,
                effortMinutes: 40),
            ServiceDefinition.Step(
                id: "checked", title: text("Identity checked", "Identidad verificada"), by: .staff, unit: "Adjudication"
            ),
            ServiceDefinition.Step(
                id: "asked", title: text("More information asked for", "Se pidió más información"), by: .staff,
                expected: false),
            ServiceDefinition.Step(id: "printed", title: text("Passport printed", "Pasaporte impreso"), by: .staff),
            ServiceDefinition.Step(
                id: "delivered", title: text("Delivered", "Entregado"), by: .partner, unit: "Carrier", closes: true),
        ], channels: [.web, .mail, .phone],
        touchpoints: [
            ServiceDefinition.Touchpoint(
                id: "exit", title: text("Exit kiosk", "Quiosco de salida"), channel: .kiosk, place: "Downtown")
        ],
        promise: ServiceDefinition.PromiseRule(
            from: "submitted", to: "delivered", calendar: "us-federal", standard: .workingDays(30), probability: 0.95),
        request: [
            Question(id: "name", kind: .shortText, text: text("Your full name", "Su nombre completo"), required: true),
            Question(
                id: "email", kind: .email, text: text("E-mail address", "Correo electrónico"),
                hint: text("We send the date and any change to it here.", "Aquí enviamos la fecha y sus cambios."),
                required: true),
            Question(
                id: "reason", kind: .single, text: text("Why are you renewing?", "¿Por qué renueva?"), required: true,
                options: [
                    Question.Option(id: "expiring", title: text("It expires soon", "Está por vencer")),
                    Question.Option(id: "lost", title: text("It was lost or stolen", "Se perdió o fue robado")),
                ]),
            Question(id: "travel", kind: .date, text: text("When do you travel?", "¿Cuándo viaja?")),
        ], forms: [feedback, contact, SampleForms.branching],
        outcome: text("Did you get the passport you asked for?", "¿Obtuvo el pasaporte que pidió?"),
        legal: [
            ServiceDefinition.LegalBasis(
                id: "act", title: text("Passport Act", "Ley de pasaportes"), citation: "22 U.S.C. 211a",
                url: "https://www.govinfo.gov")
        ],
        collection: ServiceDefinition.InformationCollection(
            controlNumber: "1405-0020", expires: CivilDate(daysSince1970: 21_000),
            information: [text("Your name and address", "Su nombre y dirección"), text("A photo", "Una foto")],
            minutes: 40),
        cohorts: [ServiceDefinition.CohortAttribute(name: "office", title: text("Office", "Oficina"))],
        results: [
            ServiceDefinition.Result(id: "delivered", title: text("Delivered", "Entregado"), granted: true),
            ServiceDefinition.Result(id: "refused", title: text("Refused", "Rechazada"), granted: false),
        ])

    static let feedback = FormDefinition(
        id: "after", title: text("How did it go?", "¿Cómo le fue?"),
        questions: [
            Question(
                id: "overall", kind: .faces, text: text("How was it overall?", "¿Cómo fue en general?"), required: true,
                driver: .satisfaction),
            Question(
                id: "ease", kind: .agreement,
                text: text("It was easy to do what I needed.", "Fue fácil hacer lo que necesitaba."), driver: .ease),
            Question(id: "again", kind: .thumbs, text: text("Was the page clear?", "¿Fue clara la página?")),
            Question(
                id: "helped", kind: .multiple, text: text("What helped?", "¿Qué ayudó?"),
                options: [
                    Question.Option(id: "date", title: text("Knowing the date", "Saber la fecha")),
                    Question.Option(id: "staff", title: text("The staff", "El personal")),
                ]),
            Question(id: "visits", kind: .number, text: text("How often did you come?", "¿Cuántas veces vino?")),
            Question(id: "why", kind: .longText, text: text("Why?", "¿Por qué?")),
        ], askAfter: "delivered")

    static let contact = FormDefinition(
        id: "contact", title: text("Report a problem", "Informar un problema"),
        questions: [
            Question(id: "words", kind: .longText, text: text("What went wrong?", "¿Qué falló?"), required: true),
            Question(id: "phone", kind: .phone, text: text("Telephone", "Teléfono")),
            Question(id: "zip", kind: .postcode, text: text("ZIP code", "Código postal")),
        ])

    static let loan = ServiceDefinition(
        id: "loan", agency: "rural", agencyName: text("Rural Housing Agency", "Agencia de Vivienda Rural"),
        title: text("Rural housing loan", "Préstamo de vivienda rural"),
        summary: text(
            "A guaranteed loan to buy or mend a home outside the cities. An approved lender asks for you.",
            "Un préstamo garantizado para comprar o reparar una vivienda fuera de las ciudades."),
        audience: .businesses,
        steps: [
            ServiceDefinition.Step(id: "filed", title: text("Filed", "Presentada"), by: .partner),
            ServiceDefinition.Step(id: "decided", title: text("Decided", "Decidida"), by: .staff, closes: true),
        ], channels: [.partner], outcome: text("Did you get the loan?", "¿Obtuvo el préstamo?"))
}
