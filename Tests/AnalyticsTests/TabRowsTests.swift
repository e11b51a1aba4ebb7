import Analytics
import Testing

@Suite struct TabRowsTests {
    @Test func readsTextsNumbersAndArrays() throws {
        let rows = TabRows(Array("a\\tb\\'\\\\\t-5\t[1,22,3]\t1.5\t18446744073709551615\n\t7\t[]\t2e3\t0\n".utf8))
        var texts: [String] = []
        var numbers: [Int64] = []
        var lists: [[Int]] = []
        var reals: [Double] = []
        var large: [UInt64] = []
        try rows.forEach { (row) throws(AnalyticsError) in
            texts.append(try row.text(0))
            numbers.append(try row.integer(1))
            lists.append(try row.numbers(2))
            reals.append(try row.real(3))
            large.append(try row.unsigned(4))
        }
        #expect(texts == ["a\tb'\\", ""])
        #expect(numbers == [-5, 7])
        #expect(lists == [[1, 22, 3], []])
        #expect(reals == [1.5, 2000])
        #expect(large == [.max, 0])
    }

    @Test(arguments: ["", "x", "1\tx", "99999999999999999999", "-"])
    func whatIsNoNumberIsAnError(_ text: String) {
        #expect(throws: AnalyticsError.self) {
            try TabRows(Array("\(text)\n".utf8)).forEach { (row) throws(AnalyticsError) in
                _ = try row.integer(text == "1\tx" ? 1 : 0)
            }
        }
    }

    @Test func aMissingColumnIsAnError() {
        #expect(throws: AnalyticsError.self) {
            try TabRows(Array("1\n".utf8)).forEach { (row) throws(AnalyticsError) in _ = try row.integer(3) }
        }
    }

    @Test func writesWhatItReads() throws {
        let text = "x\ty'\\ \n \r \0 ü"
        var writer = TabWriter()
        writer.add(text)
        writer.add(Int64.min)
        writer.add(1_234_567_890_123)
        writer.add(0)
        writer.add(unsigned: .max)
        writer.endRow()
        #expect(writer.rows == 1)
        try TabRows(writer.bytes).forEach { (row) throws(AnalyticsError) in
            #expect(try row.text(0) == text)
            #expect(try row.integer(1) == .min)
            #expect(try row.integer(2) == 1_234_567_890_123)
            #expect(try row.integer(3) == 0)
            #expect(try row.unsigned(4) == .max)
        }
    }
}
