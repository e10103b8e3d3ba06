using System.Text.Json;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Gotapi.Tests.Printing;

public sealed class PrintingJsonTests
{
    [Fact]
    public void Snapshot_Written_HasTheWordsOfTheText()
    {
        var json = JsonSerializer.Serialize(Some.Snapshot(), PrintingJson.Default.PrinterSnapshot);

        Assert.Contains("\"printAttribute\":{\"printType\":\"FDM\",\"printSizeX\":220,", json, StringComparison.Ordinal);
        Assert.Contains("\"memory\":null", json, StringComparison.Ordinal);
        Assert.Contains("\"operatingStatus\":\"printing\"", json, StringComparison.Ordinal);
        Assert.Contains("\"chamberTemperature\":null", json, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"filament-out\",\"severity\":\"error\"", json, StringComparison.Ordinal);
        Assert.Contains("\"origin\":\"printer\"", json, StringComparison.Ordinal);
        Assert.Contains("\"unit\":\"deg C\",\"unitCode\":\"268192\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_ReadAgain_IsTheSame()
    {
        var json = JsonSerializer.Serialize(Some.Snapshot(), PrintingJson.Default.PrinterSnapshot);
        var read = JsonSerializer.Deserialize(json, PrintingJson.Default.PrinterSnapshot)!;

        Assert.Equal(SnapshotChange.None, SnapshotGate.Compare(Some.Snapshot(), read));
        Assert.Equal(json, JsonSerializer.Serialize(read, PrintingJson.Default.PrinterSnapshot));
    }

    [Theory]
    [InlineData("""{"jobId":"a","number":1,"trigger":"verified-printable","at":5}""", true)]
    [InlineData("""{"jobId":"a","number":1,"trigger":"no-such","at":5}""", false)]
    [InlineData("""{"jobId":"a","number":1,"trigger":10,"at":5}""", false)]
    [InlineData("""{"jobId":"a","number":1,"at":5}""", false)]
    public void Report_Read_NeedsItsMembers(string json, bool good)
    {
        if (good)
            Assert.Equal(PrintJobTrigger.VerifiedPrintable, JsonSerializer.Deserialize(json, PrintingJson.Default.PrintJobReport)!.Trigger);
        else
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, PrintingJson.Default.PrintJobReport));
    }

    [Fact]
    public void Order_AsParameters_ComesBack()
    {
        var order = new PrintJobOrder
        {
            OperationId = "job:1:1",
            JobId = "job",
            Attempt = 2,
            Uri = "https://models.example/ex.stl",
            FileName = "ex.stl",
            Sha256 = "ab",
            Slicer = "fine",
            SecureToken = "secret",
            TokenInUrl = true,
            Hosts = ["a:1", "b:2"],
            MaxBytes = 3,
            Trace = new PrintJobTrace(7, PrintJobState.Printing, "dwapi-job-ex.gcode"),
        };

        var read = PrintJobOrder.FromParameters(order.ToParameters())!;

        Assert.Equal(order.Hosts, read.Hosts);
        Assert.Equal(order with { Hosts = [] }, read with { Hosts = [] });
        Assert.DoesNotContain("secret", order.ToString(), StringComparison.Ordinal);
        Assert.Null(PrintJobOrder.FromParameters(order.ToParameters().Remove("uri")));
        Assert.Null(PrintJobOrder.FromParameters(order.ToParameters().SetItem("attempt", "x")));
        Assert.Null(PrintJobOrder.FromParameters(order.ToParameters().SetItem("state", "x")));
        Assert.Null(PrintJobOrder.FromParameters(order.ToParameters().SetItem("reported", "-1")));
        Assert.Equal(PrintJobTrace.None, PrintJobOrder.FromParameters(order.ToParameters().RemoveRange(["reported", "state", "remoteName"]))!.Trace);
    }
}
