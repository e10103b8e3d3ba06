using Dwapi.Edge.Gatt;
using Plugin.BLE.Abstractions;

namespace Dwapi.Edge.PluginBle.Tests;

public sealed class AdvertisedDataTests
{
    [Theory]
    [InlineData(AdvertisementRecordType.UuidsComplete16Bit, "09180D18", true, "1809 180D")]
    [InlineData(AdvertisementRecordType.UuidsIncomple16Bit, "180D1809", false, "180D 1809")]
    [InlineData(AdvertisementRecordType.UuidCom32Bit, "09180000", true, "1809")]
    [InlineData(AdvertisementRecordType.UuidsIncomplete32Bit, "0000180D", false, "180D")]
    [InlineData(AdvertisementRecordType.UuidsComplete128Bit, "FB349B5F80000080001000001D180000", true, "181D")]
    [InlineData(AdvertisementRecordType.UuidsIncomplete128Bit, "0000181D00001000800000805F9B34FB", false, "181D")]

    // Cut off, empty, or no list of services.
    [InlineData(AdvertisementRecordType.UuidsComplete16Bit, "09180D", true, "1809")]
    [InlineData(AdvertisementRecordType.UuidsComplete128Bit, "0918", true, "")]
    [InlineData(AdvertisementRecordType.UuidsComplete16Bit, "", true, "")]
    [InlineData(AdvertisementRecordType.ServiceData, "0918", true, "")]
    public void Services_OfEachWidthAndOrder(AdvertisementRecordType type, string data, bool littleEndian, string services)
    {
        var found = AdvertisedData.ServicesOf([new AdvertisementRecord(type, Convert.FromHexString(data))], littleEndian);

        Assert.Equal(services, string.Join(' ', found.Select(uuid => GattUuid.TryGetNumber(uuid, out var number) ? $"{number:X4}" : $"{uuid}")));
    }

    [Fact]
    public void Name_TheCompleteOneGoesFirst()
    {
        var shortened = new AdvertisementRecord(AdvertisementRecordType.ShortLocalName, "Ther"u8.ToArray());
        var complete = new AdvertisementRecord(AdvertisementRecordType.CompleteLocalName, "Thermo\0"u8.ToArray());

        Assert.Equal("Thermo", AdvertisedData.NameOf([shortened, complete]));
        Assert.Equal("Ther", AdvertisedData.NameOf([shortened, new AdvertisementRecord(AdvertisementRecordType.CompleteLocalName, null)]));
    }

    [Fact]
    public void NoRecords_SayNothing()
    {
        Assert.Empty(AdvertisedData.ServicesOf(null, littleEndian: true));
        Assert.Null(AdvertisedData.NameOf(null));
    }
}
