using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Dwapi.Grains.Tests.Contracts.Wire;

/// <summary>What Orleans' serializer makes of each sample is what it made in older releases, and what they made can be read.</summary>
public sealed class GoldenBytesTests : IDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddSerializer(serializer => serializer.AddAssembly(typeof(TenantKey).Assembly)).BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    [Fact]
    public void Serialize_EverySample_GivesTheGoldenBytes()
    {
        var forms = Contract.Messages.Select(message => (Alias: Contract.AliasOf(message), Hex: Hex(Samples.All[message]))).ToList();
        if (GoldenFile.IsWritten)
            GoldenBytes.Add(forms);
        var golden = GoldenBytes.Read();

        Assert.All(forms, form => Assert.True(golden[form.Alias].LastOrDefault() == form.Hex, $"{form.Alias} {form.Hex}\n{GoldenFile.Advice}"));
    }

    [Fact]
    public void Deserialize_TheGoldenBytesOfToday_GivesTheSample()
    {
        var golden = GoldenBytes.Read();

        Assert.All(Contract.Messages, message =>
        {
            var hex = golden[Contract.AliasOf(message)].Last();
            var read = Read(hex);
            Assert.IsType(message, read);

            // Lists and bytes have no equality of their own; what has the same bytes is the same.
            Assert.Equal(hex, Hex(read));
        });
    }

    [Fact]
    public void Deserialize_EveryOlderForm_GivesAMessageOfItsType()
    {
        var golden = GoldenBytes.Read();

        Assert.All(Contract.Messages, message => Assert.All(golden[Contract.AliasOf(message)], hex => Assert.IsType(message, Read(hex))));
    }

    [Fact]
    public void Deserialize_AMemberOfALaterRelease_IsPassedOver()
    {
        // One more member behind the last: 01 is a varint of the next id but none, 05 its value; E0 ends the message.
        var sample = (MonitorPosition)Samples.All[typeof(MonitorPosition)];
        var hex = Hex(sample);
        Assert.EndsWith("E0", hex, StringComparison.Ordinal);

        var read = Assert.IsType<MonitorPosition>(Read(hex[..^2] + "0105E0"));

        Assert.Equal(sample, read);
    }

    [Fact]
    public void Deserialize_AReportOfTheReleaseBefore_IsNotContinuous()
    {
        // The two oldest forms: before it and since.
        var forms = GoldenBytes.Read()["Dwapi.ReportItem"].Take(2).Select(hex => Assert.IsType<ReportItem>(Read(hex)).Continuous);

        Assert.Equal([false, true], forms);
    }

    public void Dispose() => _services.Dispose();

    private object Read(string hex) => Serializer.Deserialize<object>(Convert.FromHexString(hex))!;

    private string Hex(object message) => Convert.ToHexString(Serializer.SerializeToArray(message));
}
