import Emulation
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,-2.5,true,null,"x\n\"\\"],"b":{}}"#, #""é👩‍💻""#, "0", "[]", #"{"e":1e-05}"#, #""\u0001""#,
    ])
    func `what is read is written again`(text: String) throws {
        #expect(try JSONParser.parse(text).text == text)
    }

    @Test(arguments: [
        "", "{", "[1,]", "01", "1.", "\"", "tru", "{}x", #""\ud800""#, "\"\n\"", "nul", #"{"a" 1}"#, "1e999",
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
    }

    @Test func `depth is limited, pairs of surrogates are joined`() throws {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(String(repeating: "[", count: 100_000)) }
        #expect(try JSONParser.parse(#""\ud83c\udf89""#) == "🎉")
    }
}
