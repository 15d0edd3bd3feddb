import Foundation
import JSON
import Testing

struct JSONValueTests {
    private func decoded(_ text: String) throws -> JSON { try JSONDecoder().decode(JSON.self, from: Data(text.utf8)) }

    @Test func `any JSON is read, whole numbers as integers`() throws {
        let text =
            #" {"b":[1,-1.0,1e3,0.5,1e300,9223372036854775807,9223372036854775808],"a":{"x":null,"y":true},"c":"é"} "#
        let expected: JSON = [
            "a": ["x": .null, "y": true],
            "b": [1, -1, 1000, .number(0.5), .number(1e300), .integer(.max), .number(0x1p63)],
            "c": "é",
        ]
        #expect(try decoded(text) == expected)
        #expect(try decoded(text).text(.compact) == expected.text(.compact))
    }

    @Test(arguments: ["null", "true", "1", #""x""#, "[]", "{}"])
    func `a value need not be an object`(text: String) throws {
        #expect(try decoded(text).text(.compact) == text)
    }

    @Test(arguments: ["", "{", #"{"a":1"#, "{}x", "<html>", #""\ud83d""#, "nul", "1e999"])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: (any Error).self) { try decoded(text) }
    }

    @Test func `objects are the same whatever the order of their members`() {
        let (one, other): (JSON, JSON) = (["a": 1, "b": [2]], ["b": [2], "a": 1])
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1] && one != ["a": 1, "b": [3]] && one != ["a": 1, "b": [2], "c": .null])
        #expect(JSON.array([1, 2]) != JSON.array([2, 1]))
    }

    @Test func `members are found, set and taken away by name`() {
        var members: JSON.Members = ["a": 1, "b": 2]
        #expect(members["b"] == 2)
        #expect(members["c"] == nil)
        members["a"] = .null
        members["c"] = 3
        members["b"] = nil
        members["d"] = nil
        #expect(JSON.object(members + ["x": "y"]).text(.compact) == #"{"a":null,"c":3,"x":"y"}"#)
        #expect(JSON.object(JSON.Members(["b": 1, "a": 2])).text(.compact) == #"{"a":2,"b":1}"#)
    }

    @Test func `members without a value are left out, and null is one`() {
        #expect(JSON.object(of: ["a": nil, "b": .null, "c": .optional(nil)]).text(.compact) == #"{"b":null,"c":null}"#)
    }
}
