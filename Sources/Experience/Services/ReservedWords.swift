/// Words that end, begin or explain a conversation by SMS in either language. Carriers and law (47 CFR 64.1200) give
/// them their meaning; no service may use them for another.
package enum ReservedWords {
    package static let stop: Set<String> = [
        "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "ALTO", "PARAR", "PARE", "BAJA",
        "CANCELAR", "SALIR", "TERMINAR", "NO MAS",
    ]
    package static let start: Set<String> = ["START", "UNSTOP", "BEGIN", "INICIAR", "INICIO", "EMPEZAR", "COMENZAR"]
    package static let help: Set<String> = ["HELP", "INFO", "AYUDA"]
    package static let skip: Set<String> = ["SKIP", "PASS", "OMITIR", "SALTAR", "PASAR"]
    package static let all = stop.union(start).union(help).union(skip)
}
