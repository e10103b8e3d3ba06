using System.Text;
using Dwapi.Gotapi.Health;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>Parameters in the body of PUT and POST (gotapi-1.1 section 2, 4 and 5).</summary>
public sealed class RequestBodyTests(SharedHost shared)
{
    public static TheoryData<string> Kinds => ["form", "multipart", "json"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Put_ParametersInTheBody_AreRead(string kind)
    {
        var (application, device) = await Ready();
        using var body = Body(kind, new() { ["serviceId"] = device.ServiceId, ["accessToken"] = application.Token });
        Assert.Equal(0, (await application.Send(HttpMethod.Put, "/gotapi/health/thermometer", body)).Error);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Put_SameKeyInQueryAndBody_BodyWins(string kind)
    {
        var (application, device) = await Ready();
        using var body = Body(kind, new() { ["serviceId"] = device.ServiceId });
        Assert.Equal(0, (await application.Call(HttpMethod.Put, "health/thermometer", "serviceId=nobody", body)).Error);
    }

    [Fact]
    public async Task Put_OtherContentType_ParametersComeFromTheQuery()
    {
        var (application, device) = await Ready();
        using var body = new StringContent("serviceId=nobody", Encoding.UTF8, "text/plain");
        Assert.Equal(0, (await application.Call(HttpMethod.Put, device.Path, device.Query, body)).Error);
    }

    [Theory]
    [InlineData("application/json", "{\"serviceId\":")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", """{"a":"\ud800"}""")]
    [InlineData("application/json", """{"\ud800":1}""")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nbroken")]
    [InlineData("multipart/form-data", "x")]
    public async Task Error10_BodyThatCannotBeRead_Is10InItsTurn(string type, string text)
    {
        var (application, device) = await Ready();
        Assert.Equal(10, (await application.Call(HttpMethod.Put, device.Path, device.Query, Content(type, text))).Error);
        Assert.Equal(6, (await application.Call(HttpMethod.Put, device.Path, "serviceId=nobody", Content(type, text))).Error);
        Assert.Equal(13, (await application.Send(HttpMethod.Put, "/gotapi/health/thermometer", Content(type, text))).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shall15_BodyOverTheLimit_Is413And1(bool lengthKnown)
    {
        await using var host = await GotapiHost.Start(("Gotapi:BodyLimit", "2048"));
        using var application = await Application.WithAccess(host);
        using var body = new StringContent("a=" + new string('b', 4000), Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpContent sent = lengthKnown ? body : new Chunked(body);
        var reply = await application.Call(HttpMethod.Put, "health/thermometer", "", sent);
        Assert.Equal((413, 1), (reply.Status, reply.Error));
    }

    private static ByteArrayContent Content(string type, string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static HttpContent Body(string kind, Dictionary<string, string> parameters)
    {
        switch (kind)
        {
            case "form":
                return new FormUrlEncodedContent(parameters);
            case "json":
                return new StringContent(System.Text.Json.JsonSerializer.Serialize(parameters), Encoding.UTF8, "application/json");
            default:
                var multipart = new MultipartFormDataContent();
                foreach (var (name, value) in parameters)
                {
                    multipart.Add(new StringContent(value), name);
                }

                return multipart;
        }
    }

    private async Task<(Application Application, TestDevice Device)> Ready() =>
        (await Application.WithAccess(shared.Host), await shared.Edge.AddHealth(HealthAttributes.Thermometer));

    private sealed class Chunked(HttpContent inner) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            Headers.ContentType = inner.Headers.ContentType;
            return inner.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            Headers.ContentType = inner.Headers.ContentType;
            length = 0;
            return false;
        }
    }
}
