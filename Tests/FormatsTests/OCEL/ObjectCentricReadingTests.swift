import Experience
import Formats
import JourneyEngine
import Testing

@Suite struct ObjectCentricReadingTests {
    static let json = """
        {"events":[
          {"id":"e1","type":"place","time":"2020-01-01T00:00:00Z","attributes":[{"name":"by","value":"Ann"}],
           "relationships":[{"objectId":"o1","qualifier":"order"},{"objectId":"i1","qualifier":""},{"objectId":"i2","qualifier":""}]},
          {"id":"e2","type":"pick","time":"2020-01-02T00:00:00Z","relationships":[{"objectId":"i1","qualifier":""},{"objectId":"zzz","qualifier":""}]},
          {"id":"e3","type":"pick","time":"someday","relationships":[]}
        ],
        "objects":[
          {"id":"o1","type":"order","attributes":[{"name":"total","time":"1970-01-01T00:00:00Z","value":7}],
           "relationships":[{"objectId":"i1","qualifier":"has"}]},
          {"id":"i1","type":"item"},{"id":"i2","type":"item"},{"id":"i2","type":"item"}
        ],
        "objectTypes":[{"name":"order","attributes":[{"name":"total","type":"integer"}]},{"name":"item","attributes":[]}],
        "eventTypes":[{"name":"place","attributes":[]}]}
        """

    @Test func keepsObjectsTypesAndRelations() throws {
        let log = try ObjectCentricLog.read(bytes: Self.json.bytes, named: "a.jsonocel")
        #expect(log.objects.map(\.id) == ["o1", "i1", "i2"])
        #expect(Set(log.objectTypes) == ["order", "item"])
        #expect(log.events.map(\.id) == ["e1", "e2"])
        #expect(log.events[0].relations.map { log.objects[$0.object].id } == ["o1", "i1", "i2"])
        #expect(log.events[0].attributes == ["by": .text("Ann")])
        #expect(log.objects[0].values.map(\.value) == [.integer(7)])
        #expect(log.objects[0].relations.map(\.qualifier) == ["has"])
        #expect(log.danglingRelations == 1)
        #expect(log.rejected.count == 2)
    }

    @Test func flattensOnAnObjectType() throws {
        var options = LogReadingOptions()
        options.objectType = "item"
        let loaded = try LogReader.read(bytes: Self.json.bytes, named: "a.jsonocel", options: options)
        let log = loaded.log
        let names = (0..<log.journeyCount).map { journey in
            (log.journeyID(journey), log.events(of: journey).map { log.activityNames[log.activity(at: $0)] })
        }
        #expect(Dictionary(uniqueKeysWithValues: names) == ["i1": ["place", "pick"], "i2": ["place"]])
        options.objectType = "parcel"
        #expect(throws: FormatError.self) {
            try LogReader.read(bytes: Self.json.bytes, named: "a.jsonocel", options: options)
        }
    }

    @Test(arguments: [
        "{}", "[]", "{\"events\":{}}", "{\"events\":[1]}", "{\"events\":[]", "{\"ocel:events\":{}}", "{\"events\":[]}x",
        "",
        "{\"objects\":[{\"attributes\":[[]]}]}",
    ])
    func refusesWhatIsNoObjectCentricLog(_ text: String) {
        #expect(throws: FormatError.self) { try ObjectCentricLog.read(bytes: text.bytes, named: "a.jsonocel") }
    }

    @Test(arguments: ["<log></log>", "<html/>", "<log><events><event></events></log>", "<log><objects>"])
    func refusesWhatIsNoObjectCentricXML(_ text: String) {
        #expect(throws: FormatError.self) { try ObjectCentricLog.read(bytes: text.bytes, named: "a.xmlocel") }
    }
}
