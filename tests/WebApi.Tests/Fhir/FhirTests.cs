using System.Net;
using System.Text.Json;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Dwapi.WebApi.Fhir;
using Dwapi.WebApi.Tests.Management;
using Dwapi.WebApi.Tests.PluginLink;

namespace Dwapi.WebApi.Tests.Fhir;

/// <summary>FHIR R4, read and search.</summary>
public sealed class FhirTests(LinkHost host) : IClassFixture<LinkHost>
{
    [Fact]
    public async Task Search_OfADevice_GivesItsMeasurementsWithMdcAndUcumCodes()
    {
        await using var client = await ConnectAsync("fh-one", "fh-one_t:1");
        await client.SendAsync(LinkFrames.Events((1, "fh-one_t:1", LinkFrames.Quantities(370))));
        await client.AcknowledgedAsync(1);

        var bundle = await host.GetAsync("/fhir/Observation?device=Device/fh-one.ut.c1");

        var entry = bundle.GetProperty("entry").EnumerateArray().Single();
        var observation = entry.GetProperty("resource");
        Assert.Equal("searchset", bundle.GetProperty("type").GetString());
        Assert.Equal("Observation", observation.GetProperty("resourceType").GetString());
        Assert.Equal("fh-one.ut.c1-thermometer-1", observation.GetProperty("id").GetString());
        Assert.Equal("final", observation.GetProperty("status").GetString());
        var coding = observation.GetProperty("code").GetProperty("coding")[0];
        Assert.Equal(("urn:iso:std:iso:11073:10101", "150364"), (coding.GetProperty("system").GetString(), coding.GetProperty("code").GetString()));
        var value = observation.GetProperty("valueQuantity");
        Assert.Equal("37.0", value.GetProperty("value").GetRawText());
        Assert.Equal(("http://unitsofmeasure.org", "Cel"), (value.GetProperty("system").GetString(), value.GetProperty("code").GetString()));
        Assert.Equal("2026-01-01T12:00:00.000+00:00", observation.GetProperty("effectiveDateTime").GetString());
        Assert.Equal("Device/fh-one.ut.c1", observation.GetProperty("device").GetProperty("reference").GetString());
        var read = await host.GetAsync("/fhir/Observation/" + observation.GetProperty("id").GetString());
        Assert.Equal(observation.GetRawText(), read.GetRawText());
    }

    [Fact]
    public async Task Search_WithCount_PagesThroughNextUntilTheEnd()
    {
        await using var client = await ConnectAsync("fh-page", "fh-page-t");
        await client.SendAsync(LinkFrames.Events(Enumerable.Range(1, 5).Select(
            i => ((long)i, "fh-page-t", LinkFrames.Quantities(360 + i, LinkFrames.Time - (i * 60_000))))));
        await client.AcknowledgedAsync(5);
        var values = new List<string>();

        for (var url = "/fhir/Observation?device=fh-page-t&_count=2"; url is not null;)
        {
            var bundle = await host.GetAsync(url);
            values.AddRange(bundle.GetProperty("entry").EnumerateArray().Select(Value));
            url = bundle.GetProperty("link").EnumerateArray()
                .Where(link => link.GetProperty("relation").GetString() == "next")
                .Select(link => new Uri(link.GetProperty("url").GetString()!).PathAndQuery)
                .SingleOrDefault();
        }

        Assert.Equal(["36.1", "36.2", "36.3", "36.4", "36.5"], values);
    }

    [Theory]
    [InlineData("&date=2026-01-01", 3)]
    [InlineData("&date=ge2026-01-01T12:01:00Z", 2)]
    [InlineData("&date=gt2026-01-01T12:01:00Z", 1)]
    [InlineData("&date=lt2026-01-01T12:01:00Z", 1)]
    [InlineData("&date=ge2026-01-01T12:01:00Z&date=lt2026-01-01T12:02:00Z", 1)]
    [InlineData("&date=2025", 0)]
    [InlineData("&code=150364", 3)]
    [InlineData("&code=urn:iso:std:iso:11073:10101|150364", 3)]
    [InlineData("&code=http://loinc.org|8310-5", 0)]
    [InlineData("&code=147842", 0)]
    public async Task Search_ByDateAndCode_GivesThoseThatMatch(string parameters, int expected)
    {
        await using var client = await ConnectAsync("fh-find", "fh-find-t");
        await client.SendAsync(LinkFrames.Events(Enumerable.Range(1, 3).Select(
            i => ((long)i, "fh-find-t", LinkFrames.Quantities(360 + i, LinkFrames.Time + ((i - 1) * 60_000))))));
        await client.AcknowledgedAsync(3);

        var bundle = await host.GetAsync("/fhir/Observation?device=fh-find-t" + parameters);

        Assert.Equal(expected, bundle.GetProperty("entry").GetArrayLength());
    }

    [Theory]
    [InlineData("/fhir/Observation", HttpStatusCode.BadRequest)]
    [InlineData("/fhir/Observation?device=x&date=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/fhir/Observation?device=x&_count=0", HttpStatusCode.BadRequest)]
    [InlineData("/fhir/Observation/none", HttpStatusCode.NotFound)]
    [InlineData("/fhir/Observation/x-thermometer-1", HttpStatusCode.NotFound)]
    [InlineData("/fhir/Device/none", HttpStatusCode.NotFound)]
    [InlineData("/fhir/Patient", HttpStatusCode.NotFound)]
    public async Task Request_ThatCannotBeAnswered_IsAnOperationOutcome(string path, HttpStatusCode expected)
    {
        using var answer = await host.SendAsync(HttpMethod.Get, path);

        using var outcome = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/fhir+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("OperationOutcome", outcome.RootElement.GetProperty("resourceType").GetString());
    }

    [Fact]
    public async Task Device_OfAService_IsReadAndFoundByItsIdentifier()
    {
        await using var client = await ConnectAsync("fh-dev", "fh-dev.t");
        await client.SendAsync(new PingFrame(0));
        await client.ReceiveAsync<PongFrame>();

        var device = await host.GetAsync("/fhir/Device/fh-dev.dt");
        var found = await host.GetAsync("/fhir/Device?identifier=urn:dwapi:service-id|fh-dev.t");
        var all = await host.GetAsync("/fhir/Device?_count=1000");

        Assert.Equal("Device", device.GetProperty("resourceType").GetString());
        Assert.Equal("fh-dev.t", device.GetProperty("identifier")[0].GetProperty("value").GetString());
        Assert.Equal("TP-1", device.GetProperty("modelNumber").GetString());
        Assert.False(device.TryGetProperty("serialNumber", out _));
        Assert.Equal(device.GetRawText(), found.GetProperty("entry")[0].GetProperty("resource").GetRawText());
        Assert.Contains(all.GetProperty("entry").EnumerateArray(), entry => entry.GetProperty("resource").GetProperty("id").GetString() == "fh-dev.dt");
    }

    [Fact]
    public async Task Metadata_OfTheServer_NamesWhatItAnswers()
    {
        var statement = await host.GetAsync("/fhir/metadata");

        Assert.Equal("CapabilityStatement", statement.GetProperty("resourceType").GetString());
        Assert.Equal("4.0.1", statement.GetProperty("fhirVersion").GetString());
        Assert.Equal(
            ["Observation", "Device"],
            statement.GetProperty("rest")[0].GetProperty("resource").EnumerateArray().Select(resource => resource.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Read_WithoutToken_Is401_Decision30()
    {
        using var answer = await host.Http.GetAsync("/fhir/metadata", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public void Ucum_EveryUnitOfEveryHealthAttribute_IsKnown() => Assert.All(
        HealthAttributes.All.SelectMany(attribute => attribute.Parts).SelectMany(part => part.Units),
        unit => Assert.NotNull(Ucum.Of(unit.Code)));

    [Theory]
    [InlineData("abc")]
    [InlineData("a.b_c:d-e")]
    [InlineData("...")]
    public void Id_OfAService_IsAFhirIdAndLeadsBack(string serviceId)
    {
        var id = FhirId.OfDevice(serviceId);

        Assert.Matches("^[A-Za-z0-9.-]+$", id);
        Assert.Equal(serviceId, FhirId.ServiceOf(id));
        Assert.Equal((serviceId, "heart", 12L), FhirId.ObservationOf(FhirId.OfObservation(serviceId, "heart", 12)));
    }

    private static string Value(JsonElement entry) =>
        entry.GetProperty("resource").GetProperty("valueQuantity").GetProperty("value").GetRawText();

    private async Task<LinkClient> ConnectAsync(string edgeId, string service)
    {
        var client = await LinkClient.HelloAsync(host.Address, edgeId, await host.EnrolAsync(edgeId));
        await client.ReceiveAsync<WelcomeFrame>();
        await client.SendAsync(LinkFrames.Services(service));
        return client;
    }
}
