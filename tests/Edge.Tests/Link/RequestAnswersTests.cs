using System.Text.Json;
using Dwapi.Edge.Link;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Tests.Link;

public sealed class RequestAnswersTests : IAsyncLifetime
{
    private LinkFixture _edge = null!;
    private RequestAnswers _answers = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await LinkFixture.CreateAsync();
        _edge.Announce();
        _answers = new RequestAnswers(_edge.Catalog);
    }

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public void Discovery_GivesTheServices()
    {
        var answer = _answers.Answer(RequestFrame.Discover(7, "test"));

        Assert.Equal((7, 0), (answer.RequestCode, answer.Result));
        Assert.Equal(LinkFixture.Thermometer, answer.Services!.Value.Single().ServiceId);
    }

    [Fact]
    public void CreateClientAndToken_AreGranted()
    {
        var client = _answers.Answer(RequestFrame.CreateClient(1, "test", "http://localhost", LinkFixture.Thermometer));
        var token = _answers.Answer(RequestFrame.RequestAccessToken(2, "test", client.ClientId!, "app", "thermometer"));

        Assert.NotEmpty(client.ClientId!);
        Assert.NotEmpty(token.AccessToken!);
        Assert.NotEqual(client.ClientId, token.AccessToken);
    }

    [Fact]
    public async Task Get_AfterAMeasurement_GivesTheLatest()
    {
        await _edge.SendAsync(0x2A19, "33");
        await _edge.SendAsync(0x2A1C, "00 6C 01 00 FF");

        var answer = _answers.Answer(Health(RequestMethod.Get));

        var thermometer = JsonDocument.Parse(answer.Members).RootElement.GetProperty("thermometer");
        Assert.Equal("36.4", thermometer.GetProperty("temperature").GetProperty("value").GetRawText());
        Assert.Equal("0.51", thermometer.GetProperty("device").GetProperty("batteryLevel").GetRawText());
        Assert.Equal("Thermo One", thermometer.GetProperty("device").GetProperty("productName").GetString());
    }

    [Fact]
    public async Task Get_AfterAStoredRecordOfOld_GivesTheNewer()
    {
        await _edge.SendAsync(0x2A1C, "02 6C 01 00 FF E9 07 01 02 00 00 00");
        await _edge.SendAsync(0x2A1C, "02 7C 01 00 FF E9 07 01 01 00 00 00");

        var answer = _answers.Answer(Health(RequestMethod.Get));

        var temperature = JsonDocument.Parse(answer.Members).RootElement.GetProperty("thermometer").GetProperty("temperature");
        Assert.Equal("36.4", temperature.GetProperty("value").GetRawText());
    }

    [Fact]
    public void Put_GivesTheDeviceAlone()
    {
        var answer = _answers.Answer(Health(RequestMethod.Put));

        var thermometer = JsonDocument.Parse(answer.Members).RootElement.GetProperty("thermometer");
        Assert.Equal(["device"], thermometer.EnumerateObject().Select(member => member.Name));
        Assert.False(thermometer.GetProperty("device").TryGetProperty("batteryLevel", out _));
    }

    [Fact]
    public void Delete_Succeeds() => Assert.Equal(0, _answers.Answer(Health(RequestMethod.Delete)).Result);

    [Theory]
    [InlineData(RequestMethod.Get, "health", "thermometer", "thermo-1", 16)]
    [InlineData(RequestMethod.Get, "health", "thermometer", "nobody", 6)]
    [InlineData(RequestMethod.Get, "health", "thermometer", null, 5)]
    [InlineData(RequestMethod.Get, "health", "weight", "thermo-1", 4)]
    [InlineData(RequestMethod.Get, "health", "colour", "thermo-1", 8)]
    [InlineData(RequestMethod.Post, "health", "thermometer", "thermo-1", 3)]
    [InlineData(RequestMethod.Get, "light", "lamp", "thermo-1", 2)]
    public void Answer_WhatCannotBeDone_IsAnErrorOfTheTable(RequestMethod method, string profile, string attribute, string? serviceId, int code)
    {
        var answer = _answers.Answer(Health(method) with { Profile = profile, Attribute = attribute, ServiceId = serviceId });

        Assert.Equal((1, code), (answer.Result, answer.ErrorCode));
        Assert.Equal(GotapiErrors.Of(code).Message, answer.ErrorMessage);
    }

    private static RequestFrame Health(RequestMethod method) => new()
    {
        Method = method,
        RequestCode = 3,
        Receiver = "test",
        ServiceId = LinkFixture.Thermometer,
        Profile = "health",
        Attribute = "thermometer",
    };
}
