import Statistics
import Testing

@Suite("Language identification")
struct LanguageTests {
    @Test(arguments: [
        ("fr", "J'ai attendu deux heures et personne n'a pu me dire où se trouve ma demande."),
        ("nl", "Ik heb twee uur gewacht en niemand kon me vertellen waar mijn aanvraag is."),
        ("uk", "Я чекав дві години, і ніхто не міг сказати, де моя заява."),
        ("ur", "میں نے دو گھنٹے انتظار کیا اور کوئی مجھے نہیں بتا سکا کہ میری درخواست کہاں ہے۔"),
        ("ne", "मैले दुई घण्टा पर्खें र मेरो निवेदन कहाँ छ भनेर कसैले भन्न सकेन।"),
        ("so", "Waxaan sugayay laba saacadood oo ninna iima sheegi karin halka codsigaygu yaallo."),
        ("ht", "Mwen te tann de zè epi pèsonn pa t ka di m ki kote aplikasyon mwen an ye."),
        ("zh", "我等了两个小时，没有人能告诉我我的申请在哪里。"),
        ("ja", "二時間待ちましたが、誰も教えてくれませんでした。"),
        ("th", "ฉันรอสองชั่วโมงและไม่มีใครบอกได้ว่าคำขอของฉันอยู่ที่ไหน"),
    ])
    func identifies(_ code: String, _ text: String) {
        #expect(LanguageIdentification.identify(text).code == code)
    }

    @Test(arguments: ["", "ok", "gracias", "12345 67890 !!!", "N/A", "zzzz", "\u{300}\u{301}", "🙂🙂🙂🙂"])
    func saysUndeterminedWhenThereIsTooLittle(_ text: String) {
        #expect(LanguageIdentification.identify(text).code == LanguageIdentification.undetermined)
    }

    @Test func separateMarksReadLikeJoinedLetters() {
        let joined = "Tôi đã chờ hai tiếng và không ai có thể cho tôi biết đơn ở đâu."
        let separate = joined.unicodeScalars.reduce(into: "") { text, scalar in
            text += scalar == "ô" ? "o\u{302}" : scalar == "é" ? "e\u{301}" : String(scalar)
        }
        #expect(LanguageIdentification.identify(separate) == LanguageIdentification.identify(joined))
    }

    @Test func aLongTextIsNoSlowerThanItsStart() {
        let text = String(repeating: "Nobody could tell me where my application is. ", count: 3000)
        #expect(LanguageIdentification.identify(text).code == "en")
    }
}
