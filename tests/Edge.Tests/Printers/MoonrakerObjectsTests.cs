using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dwapi.Edge.Printers.Moonraker;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>Klipper's objects merged out of what Moonraker pushes.</summary>
public sealed class MoonrakerObjectsTests
{
    private readonly MoonrakerObjects _objects = new();

    [Fact]
    public void Updates_AreMerged_TheNewestValueCounts_AndWhatNobodyReadsIsSkipped()
    {
        _objects.Merge(Parse("""{"extruder":{"temperature":20.5,"target":0},"print_stats":{"state":"standby","info":{"layer":[1,2]}},"toolhead":{"position":[1,2,3]}}"""));

        Assert.True(Take("""{"jsonrpc":"2.0","method":"notify_status_update","params":[{"extruder":{"pressure":{"a":[1]},"target":210},"print_stats":{"state":"printing"}},12.5]}"""));
        Assert.True(Take("""{"method":"notify_status_update","params":[{"virtual_sdcard":{"progress":0.25},"toolhead":{"x":[{}]},"filament_switch_sensor a b":{"filament_detected":false,"enabled":true}}, 13]}"""));

        Assert.Equal(["extruder", "print_stats", "virtual_sdcard", "filament_switch_sensor a b"], _objects.Names);
        Assert.Equal((20.5, 210), (_objects.Number("extruder", "temperature"), _objects.Number("extruder", "target")));
        Assert.Equal(("printing", 0.25), (_objects.Text("print_stats", "state"), _objects.Number("virtual_sdcard", "progress")));
        Assert.Equal((false, true), (_objects.Flag("filament_switch_sensor a b", "filament_detected"), _objects.Flag("filament_switch_sensor a b", "enabled")));
    }

    [Fact]
    public void ValueOfAnotherType_IsAbsent()
    {
        _objects.Merge(Parse("""{"extruder":{"temperature":20,"target":200},"print_stats":{"state":"printing","message":"a"},"heater_bed":7}"""));

        Assert.True(Take("""{"method":"notify_status_update","params":[{"extruder":{"temperature":"hot","target":1e999},"print_stats":{"state":{"no":1},"message":null}}]}"""));

        Assert.Null(_objects.Number("extruder", "temperature"));
        Assert.Null(_objects.Number("extruder", "target"));
        Assert.Equal(("standby", ""), (_objects.Text("print_stats", "state", "standby"), _objects.Text("print_stats", "message")));
        Assert.Null(_objects.Number("heater_bed", "temperature"));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","result":{"extruder":{"temperature":1}},"id":4}""")]
    [InlineData("""{"method":"notify_klippy_ready","params":[{"extruder":{"temperature":1}}]}""")]
    [InlineData("""{"params":[{"extruder":{"temperature":1}}],"method":"notify_status_update"}""")]
    [InlineData("""{"method":"notify_status_update","params":[]}""")]
    [InlineData("""{"method":"notify_status_update","params":{"extruder":{"temperature":1}}}""")]
    [InlineData("""{"method":"notify_status_update"}""")]
    [InlineData("[]")]
    public void OtherMessage_IsLeftAsItIs(string message)
    {
        Assert.False(Take(message));
        Assert.Empty(_objects.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"method":"notify_status_update","params":[{"extruder":{"temperature":1""")]
    [InlineData("""{"method":"notify_status_update","params":[{"extruder":{"temperature":1}},5""")]
    [InlineData("""{"method":"notify_status_update","params":[{"extruder":{"temperature":1}}]} more""")]
    public void CutOffOrNoJson_Throws(string message) => Assert.ThrowsAny<JsonException>(() => Take(message));

    private bool Take(string message) => _objects.TryTakeUpdate(Encoding.UTF8.GetBytes(message));

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
