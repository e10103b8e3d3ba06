using System.Text;
using System.Text.Json.Nodes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Validation;

namespace Dwapi.Gotapi.Tests.Validation;

public sealed class DeviceObjectValidatorTests
{
    private static readonly DeviceObject Device = new() { ProductName = "ABC Thermo Pro", ModelNumber = "TP-001", SystemId = "ABCDEF0123456789" };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Validate_WhatOurWriterWrites_KeepsTheVeryBytes(bool hasModelName)
    {
        ReadOnlyMemory<byte> bytes = DeviceObjectWriter.ToUtf8(Device, hasModelName);
        var result = DeviceObjectValidator.Validate(bytes, hasModelName);
        Assert.Equal(default, result.Refusal);
        Assert.Equal(bytes, result.Device);
        Assert.False(result.Rewritten);
    }

    [Theory]
    [InlineData("modelNumber", "modelName", false)]
    [InlineData("modelNumber", "modelName", true)]
    [InlineData("modelNumber", "modelNumber", true)]
    public void Validate_OneModelMember_IsCompletedToBothWhereNeeded(string old, string now, bool hasModelName)
    {
        var result = DeviceObjectValidator.Validate(Bytes(old, now), hasModelName);
        Assert.Equal(default, result.Refusal);
        Assert.True(result.Rewritten);
        var device = JsonNode.Parse(result.Device.Span)!;
        Assert.Equal("TP-001", (string?)device["modelNumber"]);
        if (hasModelName)
            Assert.Equal("TP-001", (string?)device["modelName"]);
    }

    [Theory]
    [InlineData("0x0", "0000000000000000")]
    [InlineData("", "0000000000000000")]
    [InlineData("abcdef0123456789", "ABCDEF0123456789")]
    [InlineData("0xABCDEF0123456789", "ABCDEF0123456789")]
    public void Validate_SystemIdOfAnotherForm_IsRewritten(string id, string expected)
    {
        var result = DeviceObjectValidator.Validate(Bytes("ABCDEF0123456789", id), false);
        Assert.Equal(expected, (string?)JsonNode.Parse(result.Device.Span)!["systemId"]);
    }

    [Theory]
    [InlineData("{", "[", HealthFault.NotJson, null)]
    [InlineData("\"productName\":\"ABC Thermo Pro\",", "", HealthFault.MissingMember, "productName")]
    [InlineData("ABC Thermo Pro", "", HealthFault.InvalidMember, "productName")]
    [InlineData("\"TP-001\"", "null", HealthFault.InvalidMember, "modelNumber")]
    [InlineData("\"TP-001\"", "\"TP-001\",\"modelNumber\":\"\"", HealthFault.DuplicateMember, null)]
    [InlineData("ABCDEF0123456789", "ABCDEF", HealthFault.InvalidMember, "systemId")]
    [InlineData("\"TP-001\"", "\"TP-001\",\"batteryLevel\":0.5", HealthFault.ReservedMember, "batteryLevel")]
    public void Validate_Faulty_IsRefusedWithItsReason(string old, string now, HealthFault fault, string? member) =>
        Assert.Equal(new HealthRefusal(fault, "device", member), DeviceObjectValidator.Validate(Bytes(old, now), false).Refusal);

    private static ReadOnlyMemory<byte> Bytes(string old, string now) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(DeviceObjectWriter.ToUtf8(Device, false)).Replace(old, now));
}
