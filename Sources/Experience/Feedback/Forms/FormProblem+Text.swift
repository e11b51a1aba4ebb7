extension FormProblem.What {
    /// Things a form can be published with, but that somebody should look at.
    var isWarning: Bool {
        switch self {
        case .approvalEnds, .approvalExpired, .jumpNeverTaken: true
        default: false
        }
    }

    /// One sentence that says what to do, in each language.
    package var text: LocalText {
        switch self {
        case .textMissing(.en): LocalText(en: "the English text is missing.", es: "falta el texto en inglés.")
        case .textMissing(.es): LocalText(en: "the Spanish text is missing.", es: "falta el texto en español.")
        case .nameTwice(let id):
            LocalText(
                en: "another one is already called “\(id)”; give each its own name.",
                es: "ya hay otro llamado «\(id)»; dé a cada uno su propio nombre.")
        case .nameReserved(let id):
            LocalText(
                en: "“\(id)” is a name the record uses itself; choose another.",
                es: "«\(id)» es un nombre que usa el propio registro; elija otro.")
        case .noQuestions:
            LocalText(en: "there is no question; add one.", es: "no hay ninguna pregunta; agregue una.")
        case .tooManyQuestions(let count, let limit):
            LocalText(
                en: "\(count) questions; ask at most \(limit).",
                es: "hay \(count) preguntas; haga como máximo \(limit).")
        case .tooManyAnswers(let count, let limit):
            LocalText(
                en: "a response would hold \(count) answers with every line of a matrix; keep to \(limit).",
                es: "una respuesta tendría \(count) datos con cada fila de las tablas; no pase de \(limit).")
        case .tooFewOptions:
            LocalText(en: "give at least two options.", es: "ofrezca al menos dos opciones.")
        case .tooFewRows: LocalText(en: "give at least one line.", es: "ofrezca al menos una fila.")
        case .tooManyToRank(let count):
            LocalText(
                en: "\(count) options are more than people can put in order; rank at most 12.",
                es: "\(count) opciones son más de las que se pueden ordenar; ponga 12 como máximo.")
        case .outOfRange(let low, let high):
            LocalText(en: "write a number from \(low) to \(high).", es: "escriba un número de \(low) a \(high).")
        case .notAName(let text):
            LocalText(
                en: "“\(text.prefix(64))” is not a name: use 1–64 letters, digits, hyphens, underscores or dots.",
                es: "«\(text.prefix(64))» no es un nombre: use de 1 a 64 letras, cifras, guiones o puntos.")
        case .propertyNotUsed(let kind):
            LocalText(
                en: "a question of kind \(kind.rawValue) has no use for this; take it out.",
                es: "una pregunta de tipo \(kind.rawValue) no usa este dato; quítelo.")
        case .conditionTooDeep:
            LocalText(
                en: "the condition lies more than \(Condition.depthLimit) deep; write it with fewer parts.",
                es: "la condición tiene más de \(Condition.depthLimit) niveles; escríbala con menos partes.")
        case .unknownQuestion(let name, let nearest):
            nearest.map {
                LocalText(
                    en: "no question is called “\(name)”; did you mean “\($0)”?",
                    es: "ninguna pregunta se llama «\(name)»; ¿quiso decir «\($0)»?")
            }
                ?? LocalText(
                    en: "no question is called “\(name)”; name one of this form.",
                    es: "ninguna pregunta se llama «\(name)»; nombre una de este formulario.")
        case .unknownRow(let name, let nearest):
            nearest.map {
                LocalText(
                    en: "no line is called “\(name)”; did you mean “\($0)”?",
                    es: "ninguna fila se llama «\(name)»; ¿quiso decir «\($0)»?")
            }
                ?? LocalText(
                    en: "no line is called “\(name)”; name one of the matrix.",
                    es: "ninguna fila se llama «\(name)»; nombre una de la tabla.")
        case .rowNeeded:
            LocalText(
                en: "the question is a matrix; say which line with row.",
                es: "la pregunta es una tabla; indique la fila con row.")
        case .unknownAnswer(let name, let nearest):
            nearest.map {
                LocalText(
                    en: "“\(name)” is no answer to that question, so this never holds; did you mean “\($0)”?",
                    es: "«\(name)» no es respuesta de esa pregunta y nunca se cumple; ¿quiso decir «\($0)»?")
            }
                ?? LocalText(
                    en: "“\(name)” is no answer to that question, so this never holds; use one of its answers.",
                    es: "«\(name)» no es respuesta de esa pregunta y nunca se cumple; use una de sus respuestas.")
        case .askedLater(let id):
            LocalText(
                en: "“\(id)” is asked only later; move it before this, or test an earlier question.",
                es: "«\(id)» se pregunta después; póngala antes o use una pregunta anterior.")
        case .neverBefore(let id):
            LocalText(
                en: "no way that leads here passes “\(id)”; test a question people were asked before.",
                es: "ningún camino que llega aquí pasa por «\(id)»; use una pregunta hecha antes.")
        case .notComparable(let id):
            LocalText(
                en: "“\(id)” is no rating and no number, so it can't be at least or at most something; use is.",
                es: "«\(id)» no es una calificación ni un número y no admite mínimo ni máximo; use is.")
        case .isItself:
            LocalText(
                en: "the condition tests the question it shows; test another.",
                es: "la condición se refiere a la misma pregunta que muestra; use otra.")
        case .unknownPage(let name, let nearest):
            nearest.map {
                LocalText(
                    en: "no page is called “\(name)”; did you mean “\($0)”?",
                    es: "ninguna página se llama «\(name)»; ¿quiso decir «\($0)»?")
            }
                ?? LocalText(
                    en: "no page is called “\(name)”; name a page of this form or end.",
                    es: "ninguna página se llama «\(name)»; nombre una de este formulario o end.")
        case .cycle(let pages):
            LocalText(
                en: "the way goes round in a circle (\(list(pages))); lead it to a later page or to end.",
                es: "el camino da vueltas (\(list(pages))); llévelo a una página posterior o a end.")
        case .unreachable:
            LocalText(
                en: "no way leads to this page; lead one there or take the page out.",
                es: "ningún camino llega a esta página; lleve uno o quítela.")
        case .jumpNeverTaken:
            LocalText(
                en: "an earlier way out is always taken, so this one never is; change their order.",
                es: "una salida anterior siempre se toma, así que esta nunca; cambie el orden.")
        case .unknownPlaceholder(let name, let nearest):
            nearest.map {
                LocalText(
                    en: "“{\(name)}” stands for nothing; did you mean “{\($0)}”?",
                    es: "«{\(name)}» no representa nada; ¿quiso decir «{\($0)}»?")
            }
                ?? LocalText(
                    en: "“{\(name)}” stands for nothing; use {service}, {agency} or an earlier question's name.",
                    es: "«{\(name)}» no representa nada; use {service}, {agency} o el nombre de una pregunta anterior.")
        case .brokenPlaceholder:
            LocalText(
                en: "a brace is not closed; write {name}, or two braces for one.",
                es: "una llave no se cierra; escriba {nombre}, o dos llaves para una.")
        case .approvalMissing:
            LocalText(
                en: "the form needs a control number and its expiry, here or in its service's collection.",
                es: "el formulario necesita un número de control y su vencimiento, aquí o en el servicio.")
        case .approvalExpired(let date):
            LocalText(
                en: "the approval expired on \(date); the form is closed until it is renewed.",
                es: "la aprobación venció el \(date); el formulario está cerrado hasta renovarla.")
        case .approvalEnds(let date, let days):
            LocalText(
                en: "the approval expires on \(date), in \(days) days; renew it or the form will close.",
                es: "la aprobación vence el \(date), en \(days) días; renuévela o el formulario se cerrará.")
        case .standard(let rule): rule.text
        }
    }

    private func list(_ pages: [Slug]) -> String { pages.map(\.text).joined(separator: " → ") }
}

extension StandardRule {
    package var text: LocalText {
        switch self {
        case .satisfactionFirst:
            LocalText(
                en: "A-11 (seven items) starts with a required agreement question on satisfaction; put it on page 1.",
                es: "A-11 (siete preguntas) empieza con satisfacción, obligatoria y de acuerdo; póngala en la página 1."
            )
        case .trustFirst:
            LocalText(
                en: "A-11 (seven items) asks trust on the first page, required; put it there.",
                es: "A-11 (siete preguntas) pregunta la confianza en la página 1, obligatoria; póngala ahí.")
        case .commentFirst:
            LocalText(
                en: "A-11 (seven items) takes a comment on the first page; add a long text there.",
                es: "A-11 (siete preguntas) recoge un comentario en la página 1; agregue un texto largo ahí.")
        case .earlySubmission:
            LocalText(
                en: "A-11 (seven items) lets people send after page 1; set may_finish on it.",
                es: "A-11 (siete preguntas) permite enviar tras la página 1; marque may_finish en ella.")
        case .agreementOnly:
            LocalText(
                en: "A-11 (seven items) measures its drivers by five-point agreement; change the kind.",
                es: "A-11 (siete preguntas) mide cada factor con acuerdo de cinco puntos; cambie el tipo.")
        case .driverMissing:
            LocalText(
                en:
                    "A-11 (seven items) asks effectiveness, ease, efficiency and one of transparency, humanity or employee; add what is missing.",
                es:
                    "A-11 (siete preguntas) pregunta eficacia, facilidad, rapidez y transparencia, trato o personal; agregue lo que falta."
            )
        case .trustQuestion:
            LocalText(
                en: "A-11 (version 2) begins with one required trust question, thumbs or agreement; add it on page 1.",
                es: "A-11 (versión 2) empieza con una pregunta de confianza obligatoria, de pulgares o de acuerdo.")
        case .positiveMissing:
            LocalText(
                en: "A-11 (version 2) asks what went well: a multiple choice called “positive”; add it.",
                es: "A-11 (versión 2) pregunta qué salió bien: una opción múltiple llamada «positive»; agréguela.")
        case .negativeMissing:
            LocalText(
                en: "A-11 (version 2) asks what could be better: a multiple choice called “negative”; add it.",
                es: "A-11 (versión 2) pregunta qué podría mejorar: una opción múltiple llamada «negative»; agréguela.")
        case .effectivenessAndEase:
            LocalText(
                en: "A-11 (version 2) always offers “effectiveness” and “ease”; add them to the options.",
                es: "A-11 (versión 2) siempre ofrece «effectiveness» y «ease»; agréguelas a las opciones.")
        case .branchesOverlap:
            LocalText(
                en:
                    "one answer to the trust question leads to both “positive” and “negative”; let 4–5 or up lead to one, 1–3 or down to the other.",
                es:
                    "una misma respuesta de confianza lleva a «positive» y a «negative»; lleve 4–5 o arriba a una y 1–3 o abajo a la otra."
            )
        case .branchesNotAsked:
            LocalText(
                en:
                    "an answer to the trust question leads to neither “positive” nor “negative”; lead 4–5 or up to the one, 1–3 or down to the other.",
                es:
                    "una respuesta de confianza no lleva ni a «positive» ni a «negative»; lleve 4–5 o arriba a una y 1–3 o abajo a la otra."
            )
        case .kioskRating:
            LocalText(
                en: "a kiosk form asks one question of kind faces; make it that.",
                es: "un formulario de quiosco hace una sola pregunta de caras; déjelo así.")
        case .outcomeQuestion:
            LocalText(
                en: "an outcome form asks the question “solved” with the options yes, partly and no; add it.",
                es: "un formulario de resultado pregunta «solved» con las opciones yes, partly y no; agréguela.")
        case .consentMissing:
            LocalText(
                en:
                    "a recruiting form asks for consent before contact details: a required single choice called “consent”; add it.",
                es:
                    "un formulario de invitación pide permiso antes de los datos: una opción única obligatoria llamada «consent»."
            )
        }
    }
}
