namespace Zoo.Runtime;

/// <summary>
/// What a team runs: every worker executes the same method, kernel after kernel, with barriers where one kernel reads what another worker
/// wrote. A model makes its programs once, with everything they need in fields, so that running one allocates nothing.
/// </summary>
public abstract class TeamProgram
{
    /// <summary>Executed by all workers of a team at once.</summary>
    public abstract void Execute(Worker worker);
}
