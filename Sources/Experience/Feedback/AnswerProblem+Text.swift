extension AnswerProblem {
    /// What is wrong and what to do, in each language, for people on any channel.
    package func text(for question: Question?) -> LocalText {
        switch self {
        case .missing:
            switch question?.kind {
            case .single, .faces, .stars, .agreement, .thumbs:
                LocalText(en: "Choose one of the answers.", es: "Elija una de las respuestas.")
            case .multiple: LocalText(en: "Choose at least one answer.", es: "Elija al menos una respuesta.")
            case .matrix: LocalText(en: "Choose an answer in each line.", es: "Elija una respuesta en cada fila.")
            case .ranking: LocalText(en: "Give each one a place.", es: "Dé un lugar a cada opción.")
            case .file: LocalText(en: "Choose a file.", es: "Elija un archivo.")
            default: LocalText(en: "Enter an answer.", es: "Escriba una respuesta.")
            }
        case .notOneOf:
            LocalText(en: "Choose one of the answers shown.", es: "Elija una de las respuestas que se muestran.")
        case .notANumber:
            LocalText(en: "Enter a number, such as 12 or 3.5.", es: "Escriba un número, como 12 o 3.5.")
        case .notADate:
            LocalText(
                en: "Enter a real date as year-month-day, such as 2026-04-14.",
                es: "Escriba una fecha real como año-mes-día, por ejemplo 2026-04-14.")
        case .notAnEmail:
            LocalText(
                en: "Enter an e-mail address, such as name@example.com.",
                es: "Escriba un correo electrónico, como nombre@ejemplo.com.")
        case .notAPhone:
            LocalText(
                en: "Enter a telephone number with its area code.",
                es: "Escriba un número de teléfono con su código de área.")
        case .tooLong(let limit):
            LocalText(
                en: "Shorten your answer to \(limit) characters.", es: "Acorte su respuesta a \(limit) caracteres.")
        case .tooMany: LocalText(en: "Choose only one answer.", es: "Elija solo una respuesta.")
        case .unknownQuestion:
            LocalText(en: "This question is not part of the form.", es: "Esta pregunta no es del formulario.")
        case .below(let least):
            LocalText(
                en: "Enter a number of at least \(plain(least)).", es: "Escriba un número de \(plain(least)) o más.")
        case .above(let most):
            LocalText(
                en: "Enter a number of at most \(plain(most)).", es: "Escriba un número de \(plain(most)) o menos.")
        case .tooFewChoices(let least):
            LocalText(en: "Choose at least \(least).", es: "Elija al menos \(least).")
        case .tooManyChoices(let most):
            LocalText(en: "Choose at most \(most).", es: "Elija \(most) como máximo.")
        case .rowsMissing(let rows):
            if let question, let first = rows.first, let row = question.rows.first(where: { $0.id == first }) {
                LocalText(
                    en: "Choose an answer for “\(row.title.en)”.", es: "Elija una respuesta para «\(row.title.es)».")
            } else {
                LocalText(en: "Choose an answer in each line.", es: "Elija una respuesta en cada fila.")
            }
        case .notARanking:
            LocalText(
                en: "Give each one a place of its own, from 1 on.",
                es: "Dé a cada opción un lugar distinto, desde el 1.")
        case .notThisKindOfFile(let kinds):
            LocalText(
                en: "Choose a file of this kind: \(names(kinds)).",
                es: "Elija un archivo de este tipo: \(names(kinds)).")
        case .fileTooLarge(let bytes):
            LocalText(
                en: "The file is larger than \(FileKind.sizeText(bytes)); choose a smaller one.",
                es: "El archivo pesa más de \(FileKind.sizeText(bytes)); elija uno más pequeño.")
        case .infectedFile:
            LocalText(
                en: "The malware scan found something harmful in this file, so it was not taken. Choose another file.",
                es: "El análisis encontró algo dañino en este archivo, así que no lo recibimos. Elija otro archivo.")
        case .uncheckedFile:
            LocalText(
                en: "Files can't be checked just now, so this one was not taken. Choose it again in a few minutes.",
                es: "Ahora no podemos revisar archivos, así que no recibimos este. Vuelva a elegirlo en unos minutos.")
        }
    }

    private func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
    private func names(_ kinds: [FileKind]) -> String { kinds.map { $0.rawValue.uppercased() }.joined(separator: ", ") }
}

extension JudgedSheet {
    /// By question, what is wrong and what to do, in each language.
    package func texts(of form: FormDefinition) -> [Slug: LocalText] {
        Dictionary(
            uniqueKeysWithValues: problems.map { id, problem in (id, problem.text(for: form.question(id))) })
    }
}
