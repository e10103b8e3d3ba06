using Dwapi.Storage.GrainState;
using Dwapi.Storage.Tests.PostgreSql;
using Orleans.Storage;

namespace Dwapi.Storage.Tests.GrainState;

public sealed class PostgreSqlGrainStorageTests : GrainStorageContract, IAsyncLifetime
{
    private TemporaryPostgreSql? _schema;
    private IStateTable? _table;

    private protected override IStateTable Table => _table!;

    public async ValueTask InitializeAsync()
    {
        _schema = await TemporaryPostgreSql.Make();
        _table = new PostgreSqlStateTable(_schema.Database);
    }

    [Fact]
    public async Task Write_TwoSilosWithTheSameETag_OneWinsEachTime()
    {
        var grain = GrainId.Create("session", "clinic/raced");
        JsonGrainStorage[] silos = [new(Table), new(new PostgreSqlStateTable(await _schema!.Open()))];
        for (var round = 0; round < 50; round++)
        {
            var outcomes = await Task.WhenAll(silos.Select((silo, i) => Task.Run(async () =>
            {
                var state = new Orleans.GrainState<Sample>();
                await silo.ReadStateAsync("s", grain, state);
                state.State!.Name = $"{round}.{i}";
                return (state.State.Name, Fault: await Record.ExceptionAsync(() => silo.WriteStateAsync("s", grain, state)));
            })));

            Assert.Contains(outcomes, o => o.Fault is null);
            Assert.All(outcomes, o => Assert.True(o.Fault is null or InconsistentStateException));
            var stored = new Orleans.GrainState<Sample>();
            await silos[0].ReadStateAsync("s", grain, stored);
            Assert.Contains(stored.State!.Name, outcomes.Where(o => o.Fault is null).Select(o => o.Name));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }
}
