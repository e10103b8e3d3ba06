namespace Dwapi.Grains.Tests.Contracts;

/// <summary>What every message and grain interface needs, so that releases understand each other; on either runtime.</summary>
public sealed class ContractRulesTests
{
    private const string Text = "contract.txt";

    [Fact]
    public void Messages_AreSealedAndImmutable()
    {
        var messages = Contract.Messages.Where(message => !message.IsEnum).ToList();

        Assert.True(messages.Count > 30);
        Assert.All(messages, message => Assert.True(message.IsSealed && message.IsDefined(typeof(ImmutableAttribute), inherit: false), message.Name));
        Assert.All(
            messages.SelectMany(Contract.MembersOf),
            member => Assert.True(Contract.IsReadOnly(member.Member), $"{member.Member.DeclaringType!.Name}.{member.Member.Name} can be written."));
    }

    [Fact]
    public void Messages_HaveAnAliasOfTheirOwn()
    {
        Assert.All(Contract.Messages, message => Assert.StartsWith("Dwapi.", Contract.AliasOf(message), StringComparison.Ordinal));
        Assert.Distinct(Contract.Messages.Concat(Contract.Interfaces).Select(Contract.AliasOf));
    }

    [Fact]
    public void Members_HaveAnIdOfTheirOwn() => Assert.All(Contract.Messages, message =>
    {
        var ids = Contract.MembersOf(message).Select(member => member.Id).ToList();
        Assert.DoesNotContain(-1, ids);
        Assert.Distinct(ids);
    });

    [Fact]
    public void Interfaces_AndTheirMethods_HaveAliases() => Assert.All(Contract.Interfaces, grain =>
    {
        Assert.StartsWith("Dwapi.", Contract.AliasOf(grain), StringComparison.Ordinal);
        Assert.All(grain.GetMethods(), method => Assert.NotEmpty(Contract.AliasOf(method)));
        Assert.Distinct(grain.GetMethods().Select(Contract.AliasOf));
    });

    [Fact]
    public void Contract_OfThisRelease_IsTheCommittedOne()
    {
        var text = ContractText.Write();
        if (GoldenFile.IsWritten)
            GoldenFile.Write(Text, text);
        Assert.True(GoldenFile.Read(Text) == text, $"{GoldenFile.Advice}\n{text}");
    }

    [Fact]
    public void Messages_EachHaveASampleAndGoldenBytes()
    {
        var golden = GoldenBytes.Read();

        Assert.Equal(Contract.Messages.Select(message => message.Name), Contract.Messages.Where(Samples.All.ContainsKey).Select(message => message.Name));
        Assert.All(Contract.Messages, message => Assert.True(golden.Contains(Contract.AliasOf(message)), $"{message.Name}. {GoldenFile.Advice}"));
    }
}
