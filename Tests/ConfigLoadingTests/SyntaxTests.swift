import Testing

@Suite struct SyntaxTests {
    @Test(arguments: [
        (
            "a: b\n\tc: d\n",
            "2:1: not valid YAML: found a tab character that violates indentation while scanning a plain scalar from line 1; indent with spaces"
        ),
        (
            "prefix: acm\nname: \"ACM\nactive: true\n",
            "4:1: not valid YAML: found unexpected end of stream while scanning a quoted scalar from line 2; close the quotation mark"
        ),
        (
            "prefix: acm\nname: a: b\n",
            "2:8: not valid YAML: mapping values are not allowed in this context; put a text that contains \": \" into quotation marks, and check the indentation"
        ),
        (
            "prefix acm\nname: ACM\n",
            "2:5: not valid YAML: mapping values are not allowed in this context; put a text that contains \": \" into quotation marks, and check the indentation"
        ),
        (
            "prefix: acm\nname ACM\nactive: true\n",
            "3:1: not valid YAML: could not find expected ':' while scanning a simple key from line 2; write a key as \"key: value\""
        ),
        (
            // Without an end of the last line there is no line 3, though libyaml says so.
            "prefix: acm\nname",
            "2:5: not valid YAML: could not find expected ':' while scanning a simple key; write a key as \"key: value\""
        ),
        (
            "prefix: acm\nname: \"ACM\nof Tempe",
            "3:9: not valid YAML: found unexpected end of stream while scanning a quoted scalar from line 2; close the quotation mark"
        ),
        (
            "prefix: [a\nname: b\n",
            "2:5: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence from line 1; close the list with ]"
        ),
        (
            "prefix: {a\nname: b\n",
            "2:5: not valid YAML: did not find expected ',' or '}' while parsing a flow mapping from line 1; close the mapping with }"
        ),
        (
            "prefix: acm\nname: @x\n",
            "2:7: not valid YAML: found character that cannot start any token while scanning for the next token; put the text into quotation marks, and indent with spaces, not tabs"
        ),
        (
            "prefix: acm\nname: \"\\q\"\n",
            "2:8: not valid YAML: found unknown escape character while parsing a quoted scalar; write \\\\ for a backslash, or use single quotation marks"
        ),
        (
            "prefix: - a\n",
            "1:9: not valid YAML: block sequence entries are not allowed in this context; begin the list on a line of its own"
        ),
        (
            "prefix: acm\n- x\n",
            "2:1: not valid YAML: did not find expected key while parsing a block mapping from line 1; check the indentation, and put texts with special characters into quotation marks"
        ),
        (
            "prefix: acm\nname: ACM\n...\nactive: true\n",
            "4:1: not valid YAML: did not find expected <document start>; check the indentation of this line"
        ),
        (
            "%YAML 2.0\n---\nprefix: acm\n",
            "1:1: not valid YAML: found incompatible YAML document; write %YAML 1.2, or remove the line"
        ),
        (
            "prefix: acm\nname: *\n",
            "2:8: not valid YAML: did not find expected alphabetic or numeric character while scanning an alias; put a text that begins with * into quotation marks"
        ),
        (
            "prefix: acm\nname: }\n",
            "2:7: not valid YAML: did not find expected node content while parsing a block node; put a text with special characters into quotation marks"
        ),
        (
            "prefix: acm\nname: |x\n  ACM\n",
            "2:8: not valid YAML: did not find expected comment or line break while scanning a block scalar; begin the text on the line below"
        ),
    ])
    func `an error of syntax says where it is and what to do`(content: String, expected: String) throws {
        #expect(try problems(content) == [expected])
    }

    @Test(arguments: [
        ("", "1:1: the file is empty; write a declaration, or delete the file"),
        (" \n\t\n", "1:1: the file is empty; write a declaration, or delete the file"),
        ("# prefix: acm\n", "1:1: the file declares nothing; write a declaration, or delete the file"),
        ("---\n", "1:1: the file declares nothing; write a declaration, or delete the file"),
        ("~\n", "1:1: the file declares nothing; write a declaration, or delete the file"),
        ("- prefix: acm\n", "1:1: a declaration must be a mapping of keys and values, not a list"),
        ("acm\n", "1:1: a declaration must be a mapping of keys and values, not the text \"acm\""),
        ("42\n", "1:1: a declaration must be a mapping of keys and values, not the number 42"),
    ])
    func `a file without a declaration is refused`(content: String, expected: String) throws {
        #expect(try problems(content) == [expected])
    }

    @Test(arguments: [
        (
            "prefix: acm\nname: ACM\n---\nprefix: acm\n",
            ["3:1: a second document begins here; give every organization a file of its own"]
        ),
        (
            "prefix: acm\nname: ACM\nprefix: ieee\n",
            ["3:1: duplicate key \"prefix\", first given at 1:1; remove one of the two"]
        ),
        (
            "prefix: acm\nname: ACM\nproperties:\n  title: Name\n  \"title\": Titel\n",
            ["5:3: duplicate key \"title\", first given at 4:3; remove one of the two"]
        ),
        (
            "? [prefix]\n: acm\nprefix: acm\nname: ACM\n",
            [
                "1:3: a key must be text, not a list or a mapping; put a text that begins with [ or { into quotation marks"
            ]
        ),
        (
            "base: &base {active: true}\nprefix: acm\nname: ACM\n<<: *base\n",
            [
                "1:1: unknown key \"base\"; known here: prefix, previously, name, active, sync_enabled, notion_database_id, data_source, credentials, google_calendar_id, timezone, calendar, properties, filter, window, default_duration, sync_interval, templates, cancelled, write_back, deletions, safety",
                "4:1: merge keys (<<) are not supported; write the keys out, or put what all organizations share into _defaults.yaml",
            ]
        ),
        (
            "prefix: !!str acm\nname: !club ACM\n",
            [
                "1:9: the tag \"!!str\" is not supported; remove it, or put a text that begins with ! into quotation marks",
                "2:7: the tag \"!club\" is not supported; remove it, or put a text that begins with ! into quotation marks",
            ]
        ),
        (
            "prefix: acm\nname: *club\n",
            [
                "2:7: the alias \"*club\" repeats nothing; mark a value before it with \"&club\", or put a text that begins with * into quotation marks"
            ]
        ),
        (
            "prefix: acm\nname: ACM\nproperties: &p {title: *p}\n",
            ["3:24: the alias \"*p\" stands inside the value that it repeats; write the value out"]
        ),
    ])
    func `what YAML allows and a declaration does not is refused`(content: String, expected: [String]) throws {
        #expect(try problems(content) == expected)
    }

    @Test(arguments: [
        ("{name: 'é', prefix: acm, prefx: 1}", "1:26: unknown key \"prefx\"; did you mean \"prefix\"?"),
        ("{name: 'e\u{301}🎉漢字', prefix: acm, prefx: 1}", "1:30: unknown key \"prefx\"; did you mean \"prefix\"?"),
        ("\u{FEFF}prefx: 1\nprefix: acm\nname: ACM\n", "1:1: unknown key \"prefx\"; did you mean \"prefix\"?"),
        ("prefix: acm\r\nname: ACM\r\nprefx: 1\r\n", "3:1: unknown key \"prefx\"; did you mean \"prefix\"?"),
        ("{name: '漢字', prefix: acm, active: 'ja'}", "1:35: \"active\" must be true or false, not the text \"ja\""),
    ])
    func `columns count characters, not bytes`(content: String, expected: String) throws {
        #expect(try problems(content) == [expected])
    }

    @Test(arguments: [
        "prefix: acm\nname: ACM",
        "---\nprefix: acm\nname: ACM\n...\n",
        "%YAML 1.2\n---\n{\"prefix\": \"acm\", \"name\": \"ACM\"}\n",
        "prefix: acm # the short name\nname: >-\n  ACM\n",
        "&key prefix: acm\nname: &name ACM\ncalendar: {name: *name}\n",
        "? prefix\n: acm\n? name\n: ACM\n",
        "\u{FEFF}prefix: acm\r\nname: ACM\r\n",
    ])
    func `every way to write a mapping is read`(content: String) throws {
        #expect(try problems(content) == [])
    }
}
